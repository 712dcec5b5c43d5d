using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>One group of the form.</summary>
public sealed partial class FieldGroupPanel
{
    private const string WeightsPath = "scoring_weights"; // a fault of all four together
    private const string SumId = "weights-fault";

    [Parameter, EditorRequired]
    public FieldGroup Group { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScenarioForm Form { get; set; } = default!;

    [Parameter, EditorRequired]
    public FormReading Reading { get; set; } = default!;

    [Parameter]
    public FormComparison? Comparison { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>A field was typed in.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public RenderFragment? BeforeFields { get; set; }

    private bool IsSumWrong => Group == FieldGroup.Scoring && Reading.About(WeightsPath).Any();

    private static bool IsWeight(NumberField field) => field.Path.StartsWith(WeightsPath, StringComparison.Ordinal);

    private Task SetAsync(NumberField field, string text)
    {
        Form[field] = text;
        return OnChange.InvokeAsync();
    }

    private Task SwitchAsync(ChangeEventArgs change)
    {
        Form.TrailingEnabled = change.Value is true;
        return OnChange.InvokeAsync();
    }
}
