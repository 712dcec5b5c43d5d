using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

/// <summary>All figures of a result, and what became of its signals.</summary>
public sealed partial class MetricPanel
{
    [Parameter, EditorRequired]
    public Metrics Metrics { get; set; } = default!;

    [Parameter, EditorRequired]
    public SkipCounts Skipped { get; set; }

    private string? ExactOf(Metric metric) => metric.Read(Metrics) is { } value ? TradeWords.Exact(value) : null;
}
