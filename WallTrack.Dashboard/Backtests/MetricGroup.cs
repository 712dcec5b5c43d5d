using System.Collections.Immutable;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Backtests;

/// <summary>Metrics that are read together.</summary>
public sealed record MetricGroup(string Title, ImmutableArray<Metric> Metrics)
{
    public static ImmutableArray<MetricGroup> All { get; } =
    [
        new("Return", [Metric.TotalPnl, Metric.TotalReturn, Metric.Expectancy, Metric.ProfitFactor]),
        new("Risk", [Metric.MaxDrawdown, Metric.MaxDrawdownHours, Metric.Sharpe, Metric.Sortino, Metric.Calmar]),
        new("Trades", [Metric.TotalTrades, Metric.WinningTrades, Metric.LosingTrades, Metric.WinRate, Metric.AverageWin, Metric.AverageLoss, Metric.LargestWin, Metric.LargestLoss]),
        new("Time and costs", [Metric.AverageHold, Metric.Exposure, Metric.Fees]),
    ];
}
