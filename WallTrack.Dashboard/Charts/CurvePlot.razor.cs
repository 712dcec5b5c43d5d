using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>The picture of a pane, with its axes.</summary>
public sealed partial class CurvePlot
{
    private (CurvePicture Picture, int? Point, Curve? Near, int LabelWidthPx)? _shown;

    [Parameter, EditorRequired]
    public CurvePicture Picture { get; set; } = default!;

    /// <summary>Marked with a line.</summary>
    [Parameter]
    public int? Point { get; set; }

    /// <summary>The curve that the pointer is on.</summary>
    [Parameter]
    public Curve? Near { get; set; }

    /// <summary>The same in all panes over one another, so that their times are in line.</summary>
    [Parameter, EditorRequired]
    public int LabelWidthPx { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PlotPointEventArgs> OnPoint { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PlotRangeEventArgs> OnRange { get; set; }

    /// <summary>Labels of the time axis; of panes over one another, the lowest has them.</summary>
    [Parameter]
    public bool HasTimes { get; set; }

    protected override bool ShouldRender()
    {
        if (_shown == (Picture, Point, Near, LabelWidthPx))
            return false;
        _shown = (Picture, Point, Near, LabelWidthPx);
        return true;
    }

    private Task PointAsync(PlotPointEventArgs point) => OnPoint.InvokeAsync(point);

    private Task RangeAsync(PlotRangeEventArgs range) => OnRange.InvokeAsync(range);

    private static string Css(double percent) => $"{percent:0.##}%";

    private static string Many(int curves) => curves == 1 ? "one scenario" : $"{curves} scenarios";
}
