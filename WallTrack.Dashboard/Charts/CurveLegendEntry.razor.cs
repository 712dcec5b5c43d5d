using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>One curve of a legend. A component of its own, so that a pointer over the chart changes a few words and no button.</summary>
public sealed partial class CurveLegendEntry
{
    [Parameter, EditorRequired]
    public Curve Curve { get; set; } = default!;

    [Parameter, EditorRequired]
    public bool IsHidden { get; set; }

    /// <summary>The pointer is on the curve.</summary>
    [Parameter, EditorRequired]
    public bool IsNear { get; set; }

    [Parameter, EditorRequired]
    public string Values { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback<Curve> OnToggle { get; set; }

    private Task ToggleAsync() => OnToggle.InvokeAsync(Curve);
}
