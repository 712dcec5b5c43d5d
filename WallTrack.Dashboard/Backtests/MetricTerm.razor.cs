using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Backtests;

/// <summary>The name of a metric, which says what it means to whoever points at it or comes by with the keyboard.</summary>
public sealed partial class MetricTerm
{
    [Parameter, EditorRequired]
    public Metric Metric { get; set; } = default!;

    private string Id => $"metric-{Metric.Name}";
}
