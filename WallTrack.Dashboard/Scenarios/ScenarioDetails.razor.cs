using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>What a scenario is called and where it belongs.</summary>
public sealed partial class ScenarioDetails
{
    [Parameter, EditorRequired]
    public ScenarioForm Form { get; set; } = default!;

    [Parameter, EditorRequired]
    public FormReading Reading { get; set; } = default!;

    [Parameter]
    public FormComparison? Comparison { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public IReadOnlyList<string> KnownTags { get; set; } = [];

    /// <summary>Say nothing of the name yet.</summary>
    [Parameter]
    public bool IsNameQuiet { get; set; }

    /// <summary>Of another scenario.</summary>
    [Parameter]
    public string? SameName { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private IEnumerable<string> NameFaults => IsNameQuiet ? [] : Reading.About("name");

    private Task SetAsync(Action set)
    {
        set();
        return OnChange.InvokeAsync();
    }
}
