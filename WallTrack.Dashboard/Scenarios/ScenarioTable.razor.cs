using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Scenarios with what tells them apart at a glance, each to open, to copy, to delete and to select.</summary>
public sealed partial class ScenarioTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Scenario> Shown { get; set; } = [];

    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired]
    public ISet<Guid> Selected { get; set; } = new HashSet<Guid>();

    [Parameter, EditorRequired]
    public EventCallback OnSelect { get; set; }

    /// <summary>To be asked about first.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Scenario> OnDelete { get; set; }

    private Task ChooseAsync(Guid id, ChangeEventArgs change)
    {
        if (change.Value is true)
            Selected.Add(id);
        else
            Selected.Remove(id);
        return OnSelect.InvokeAsync();
    }

    private Task ChooseAllAsync(ChangeEventArgs change)
    {
        if (change.Value is true)
            Selected.UnionWith(Shown.Select(scenario => scenario.Id));
        else
            Selected.ExceptWith(Shown.Select(scenario => scenario.Id));
        return OnSelect.InvokeAsync();
    }
}
