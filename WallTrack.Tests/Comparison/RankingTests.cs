using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Tests.Comparison;

public sealed class RankingTests
{
    private static readonly Metrics Plain = new()
    {
        SignalsProcessed = 0, SignalsTraded = 0, TotalTrades = 0, WinningTrades = 0, LosingTrades = 0, WinRate = null, TotalPnlSol = 0, TotalReturn = 0,
        AverageWinSol = null, AverageLossSol = null, LargestWinSol = null, LargestLossSol = null, GrossProfitSol = 0, GrossLossSol = 0, ProfitFactor = null,
        ExpectancySol = null, MaxDrawdown = 0, MaxDrawdownHours = 0, SharpeRatio = null, SortinoRatio = null, CalmarRatio = null, AverageHoldHours = null,
        Exposure = 0, FeesSol = 0,
    };

    [Fact]
    public void By_hand_with_the_default_weights()
    {
        //                     P&L 0.30   win 0.20     factor 0.20   drawdown 0.15   Sharpe 0.15
        // earner              1st, 1     3rd, 0       1st, 1        3rd, 0          2nd, 0.5       0.30 + 0 + 0.20 + 0 + 0.075 = 0.575
        // steady              2nd, 0.5   1st, 1       2nd, 0.5      1st, 1          1st, 1         0.15 + 0.20 + 0.10 + 0.15 + 0.15 = 0.75
        // loser               3rd, 0     2nd, 0.5     3rd, 0        2nd, 0.5        3rd, 0         0 + 0.10 + 0 + 0.075 + 0 = 0.175
        var earner = Plain with { TotalPnlSol = 900, WinRate = 0.3, ProfitFactor = 4, MaxDrawdown = 0.6, SharpeRatio = 1 };
        var steady = Plain with { TotalPnlSol = 2, WinRate = 0.6, ProfitFactor = 2, MaxDrawdown = 0.1, SharpeRatio = 3 };
        var loser = Plain with { TotalPnlSol = -1, WinRate = 0.4, ProfitFactor = 0.5, MaxDrawdown = 0.2, SharpeRatio = -1 };

        var ranking = Ranking.Of([earner, steady, loser], RankingWeights.Default);

        Assert.Equal([2, 1, 3], ranking.Ranks);
        Assert.Equal([0.575, 0.75, 0.175], ranking.Scores.Select(score => Math.Round(score, 12)));
        Assert.Equal([1, 2, 3], ranking.By(Metric.TotalPnl).Ranks.Select(rank => rank!.Value));
        Assert.Throws<ArgumentException>(() => ranking.By(Metric.Calmar));
    }

    [Fact]
    public void An_undefined_metric_counts_as_the_worst()
    {
        // By factor: 2 is best, 1 and n/a are worst alike; by P&L they ascend.
        var ranking = Rank([(Metric.ProfitFactor, 1), (Metric.TotalPnl, 1)], [[2, 1, null], [1, 2, 3]]);

        Assert.Equal([0.5, 0.375, 0.625], ranking.Scores);
        Assert.Equal([2, 3, 1], ranking.Ranks);
        Assert.Equal([1, 2, null], ranking.By(Metric.ProfitFactor).Ranks);
    }

    [Fact]
    public void Ties_share_a_rank_also_where_floating_point_would_tell_them_apart()
    {
        // First by 0.2, 0.2 and 0.2 against first by 0.3 and 0.3: in doubles, 0.6000000000000001 and 0.6.
        var weights = new[] { (Metric.TotalPnl, 0.2), (Metric.WinRate, 0.2), (Metric.ProfitFactor, 0.2), (Metric.Sharpe, 0.3), (Metric.Sortino, 0.3) };
        var ranking = Rank(weights, [[1, 0, 0, 1], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1], [0, 1, 0, 1]]);

        Assert.Equal([2, 2, 4, 1], ranking.Ranks);
        Assert.Equal(ranking.Scores[0], ranking.Scores[1]);
    }

    [Fact]
    public void One_scenario_is_first_and_none_have_no_ranks()
    {
        Assert.Equal([1], Ranking.Of([Plain], RankingWeights.Default).Ranks);
        Assert.Equal([0.5], Ranking.Of([Plain], RankingWeights.Default).Scores);
        Assert.Empty(Ranking.Of([], RankingWeights.Default).Ranks);
    }

    [Fact]
    public void Neither_order_nor_the_scale_of_the_weights_changes_a_rank() => ForAnyTable((weights, columns, random) =>
    {
        var ranking = Rank(weights, columns);
        var order = Enumerable.Range(0, columns[0].Length).ToArray();
        random.Shuffle(order);
        var shuffled = Rank(weights, [.. columns.Select(column => order.Select(place => column[place]).ToArray())]);
        var backwards = Rank([.. weights.Reverse()], [.. columns.Reverse()]);
        var scaled = Rank([.. weights.Select(weight => (weight.Metric, weight.Weight * 1e6))], columns);

        Assert.Equal(order.Select(place => (ranking.Ranks[place], ranking.Scores[place])), shuffled.Ranks.Zip(shuffled.Scores));
        Assert.Equal(ranking.Ranks.Zip(ranking.Scores), backwards.Ranks.Zip(backwards.Scores));
        Assert.Equal(ranking.Ranks, scaled.Ranks);
    });

    [Fact]
    public void A_score_is_the_weighted_mean_of_those_of_the_metrics_and_ranks_follow_it() => ForAnyTable((weights, columns, _) =>
    {
        var ranking = Rank(weights, columns);
        for (var i = 0; i < columns[0].Length; i++)
        {
            var mean = weights.Sum(weight => weight.Weight * ranking.By(weight.Metric).Score(i)) / weights.Sum(weight => weight.Weight);
            Assert.Equal(mean, ranking.Scores[i], tolerance: 1e-12);
            Assert.InRange(ranking.Scores[i], 0, 1);
            Assert.Equal(ranking.Scores.Count(score => score > ranking.Scores[i]) + 1, ranking.Ranks[i]);
        }
    });

    [Fact]
    public void What_is_better_by_every_metric_is_ranked_better() => ForAnyTable((weights, columns, _) =>
    {
        var ranking = Rank(weights, columns);
        for (var (a, count) = (0, columns[0].Length); a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                if (weights.All(weight => ranking.By(weight.Metric).Score(a) > ranking.By(weight.Metric).Score(b)))
                    Assert.True(ranking.Ranks[a] < ranking.Ranks[b]);
            }
        }
    });

    [Fact]
    public void A_hundred_thousand_results_with_many_ties_are_ranked_in_about_the_time_of_sorting_them()
    {
        var random = new System.Random(3);
        var columns = Enumerable.Range(0, 5).Select(column => Enumerable.Range(0, 100_000).Select(_ => random.Next(10) == 0 ? null : (double?)random.Next(column == 0 ? 5 : int.MaxValue)).ToArray()).ToArray();
        var weights = RankingWeights.Default.Items.Select(item => (item.Metric, item.Weight)).ToArray();
        Rank(weights, columns);
        var start = Stopwatch.GetTimestamp();

        var ranking = Rank(weights, columns);

        // A fraction of a second; something that grows with the square would take minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
        Assert.Equal(1, ranking.Ranks.Min());
    }

    private static Ranking Rank((Metric Metric, double Weight)[] weights, double?[][] columns) => Ranking.Of(
        columns[0].Length,
        (metric, values) => columns[Array.FindIndex(weights, weight => weight.Metric == metric)].CopyTo(values),
        RankingWeights.From([.. weights.Select(weight => new MetricWeight(weight.Metric, weight.Weight))]));

    private static void ForAnyTable(Action<(Metric Metric, double Weight)[], double?[][], System.Random> holds)
    {
        Metric[] metrics = [Metric.TotalPnl, Metric.WinRate, Metric.ProfitFactor, Metric.MaxDrawdown, Metric.Sharpe];
        var tables =
            from metricCount in Gen.Choose(1, metrics.Length)
            from scenarios in Gen.Choose(1, 30)
            from weights in Gen.Elements(0.05, 0.1, 0.15, 0.2, 0.3, 1.0 / 3, 7, 1e-12).ArrayOf(metricCount)
            from columns in MetricRanksTests.Values.ArrayOf(scenarios).ArrayOf(metricCount)
            from seed in Gen.Choose(0, int.MaxValue)
            select (weights, columns, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(tables.ToArbitrary(), table =>
            holds([.. metrics.Zip(table.weights)], table.columns, new(table.seed))));
    }
}
