using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>How far each account is below its peak so far. Beneath equity curves: <see cref="EquityChart.WithDrawdown"/>.</summary>
public sealed partial class DrawdownChart
{
    private static readonly IReadOnlyList<CurvePane> Panes = [CurvePane.Drawdown];

    /// <summary>The hours of the window.</summary>
    [Parameter, EditorRequired]
    public HourGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Curve> Curves { get; set; } = [];

    /// <summary>The part shown; null for the whole window.</summary>
    [Parameter]
    public TimeRange? Zoom { get; set; }

    [Parameter]
    public EventCallback<TimeRange?> ZoomChanged { get; set; }
}
