using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>The names of curves, which show and hide them, and their values at one time.</summary>
public sealed partial class CurveLegend
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Curve> Curves { get; set; } = [];

    /// <summary>Colour indices.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<int> Hidden { get; set; } = default!;

    [Parameter]
    public Curve? Near { get; set; }

    /// <summary>The time of the values.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    [Parameter, EditorRequired]
    public Func<Curve, string> ValuesOf { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback<Curve> OnToggle { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnShowAll { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnHideAll { get; set; }
}
