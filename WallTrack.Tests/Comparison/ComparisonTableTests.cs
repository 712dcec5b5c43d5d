using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Tests.Comparison;

public sealed class ComparisonTableTests
{
    private static readonly Metrics Plain = new()
    {
        SignalsProcessed = 0, SignalsTraded = 0, TotalTrades = 0, WinningTrades = 0, LosingTrades = 0, WinRate = null, TotalPnlSol = 0, TotalReturn = 0,
        AverageWinSol = null, AverageLossSol = null, LargestWinSol = null, LargestLossSol = null, GrossProfitSol = 0, GrossLossSol = 0, ProfitFactor = null,
        ExpectancySol = null, MaxDrawdown = 0, MaxDrawdownHours = 0, SharpeRatio = null, SortinoRatio = null, CalmarRatio = null, AverageHoldHours = null,
        Exposure = 0, FeesSol = 0,
    };

    private static readonly Metrics?[] Figures =
    [
        Plain with { TotalPnlSol = 3, MaxDrawdown = 0.2, WinRate = 0.5, TotalTrades = 7 },
        null,
        Plain with { TotalPnlSol = 5, MaxDrawdown = 0.3, TotalTrades = 4 },
        Plain with { TotalPnlSol = 5, MaxDrawdown = 0.1, WinRate = 0.25 },
    ];

    [Fact]
    public void Each_metric_is_ranked_its_own_way_and_all_of_the_best_are_marked()
    {
        var table = ComparisonTable.Of(Figures, RankingWeights.Default, baseline: null);

        Assert.Equal([(3, false), (null, false), (1, true), (1, true)], Cells(table, Metric.TotalPnl).Select(cell => (cell.Rank, cell.IsBest)));
        Assert.Equal([(2, false), (null, false), (3, false), (1, true)], Cells(table, Metric.MaxDrawdown).Select(cell => (cell.Rank, cell.IsBest)));
        Assert.Equal([(1, true), (null, false), (null, false), (2, false)], Cells(table, Metric.WinRate).Select(cell => (cell.Rank, cell.IsBest)));
        Assert.All(Cells(table, Metric.TotalTrades), cell => Assert.Equal((null, false), (cell.Rank, cell.IsBest)));
    }

    [Fact]
    public void Where_all_are_equal_none_is_best() =>
        Assert.DoesNotContain(Cells(ComparisonTable.Of(Figures, null, null), Metric.Fees), cell => cell.IsBest);

    [Fact]
    public void Differences_are_from_the_baseline_and_know_which_way_is_better()
    {
        var table = ComparisonTable.Of(Figures, null, baseline: 0);

        Assert.Equal([null, null, 2, 2], Cells(table, Metric.TotalPnl).Select(cell => cell.Difference));
        Assert.Equal([null, null, false, true], Cells(table, Metric.MaxDrawdown).Select(cell => cell.IsGain(Better.Lower)));
        Assert.Equal([null, null, null, -0.25], Cells(table, Metric.WinRate).Select(cell => cell.Difference));
        Assert.All(Cells(table, Metric.TotalTrades), cell => Assert.Null(cell.IsGain(Better.Neither)));
        Assert.All(Cells(table, Metric.Fees), cell => Assert.Null(cell.IsGain(Better.Lower))); // no fees here, none there
    }

    [Fact]
    public void A_failed_baseline_gives_no_differences() =>
        Assert.All(Cells(ComparisonTable.Of(Figures, null, baseline: 1), Metric.TotalPnl), cell => Assert.Null(cell.Difference));

    [Fact]
    public void Failed_scenarios_have_no_place_and_take_none_away()
    {
        var byPnl = RankingWeights.From([new(Metric.TotalPnl, 1)]);

        Assert.Equal([3, null, 1, 1], ComparisonTable.Of(Figures, byPnl, null).Standings.Select(standing => standing?.Rank));
        Assert.All(ComparisonTable.Of(Figures, null, null).Standings, standing => Assert.Null(standing));
        Assert.Empty(ComparisonTable.Of([], byPnl, null).Standings);
    }

    [Theory]
    [InlineData("total_pnl_sol", 1.5, "+1.5000 SOL")]
    [InlineData("max_drawdown", -0.0125, "-1.25 pp")]
    [InlineData("total_trades", 1200.0, "+1,200")]
    [InlineData("average_hold_hours", -2.0, "-2.0 h")]
    [InlineData("sharpe_ratio", 0.0, "0.00")]
    public void Differences_have_a_sign_and_a_unit(string metric, double difference, string text) =>
        Assert.Equal(text, Metric.Find(metric)!.DifferenceText(difference));

    private static System.Collections.Immutable.ImmutableArray<MetricCell> Cells(ComparisonTable table, Metric metric) => table.Rows.Single(row => row.Metric == metric).Cells;
}
