using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class RankingWeightsTests
{
    [Fact]
    public void The_default_is_profit_before_safety() => Assert.Equal(
        [("P&L", 0.30), ("Win rate", 0.20), ("Profit factor", 0.20), ("Max drawdown", 0.15), ("Sharpe", 0.15)],
        RankingWeights.Default.Items.Select(item => (item.Metric.Label, item.Weight)));

    [Fact]
    public void A_weight_of_0_is_as_none()
    {
        var weights = RankingWeights.From([new(Metric.TotalPnl, 0), new(Metric.Sharpe, 2), new(Metric.TotalTrades, 0)]);

        Assert.Equal([Metric.Sharpe], weights.Items.Select(item => item.Metric));
    }

    [Theory]
    [InlineData(-0.1, "The weight of P&L is -0.1; it must be 0 or more.")]
    [InlineData(double.NaN, "The weight of P&L is NaN; it must be 0 or more.")]
    [InlineData(double.PositiveInfinity, "The weight of P&L is Infinity; it must be 0 or more.")]
    [InlineData(0, "All weights are 0; at least one must be above 0.")]
    public void Other_weights_are_refused(double weight, string sentence) =>
        AssertRefused(sentence, new(Metric.TotalPnl, weight), new(Metric.Sharpe, 0));

    [Fact]
    public void No_weights_are_refused() => AssertRefused("All weights are 0; at least one must be above 0.");

    [Fact]
    public void A_description_is_no_merit() =>
        AssertRefused("Trades cannot be ranked by, because neither more nor less of it is better; its weight must be 0.", new MetricWeight(Metric.TotalTrades, 1));

    [Fact]
    public void A_metric_has_one_weight() =>
        AssertRefused("Sharpe has more than one weight.", new(Metric.Sharpe, 1), new(Metric.Sharpe, 1));

    [Theory]
    [InlineData(1e308, 1e308)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(double.MaxValue, double.Epsilon)]
    [InlineData(1e-12, 1e12)]
    public void Any_other_number_is_a_weight(double one, double other)
    {
        var ranking = Ranking.Of(2, (metric, values) => (values[0], values[1]) = metric == Metric.Sharpe ? (1, 2) : (2, 1),
            RankingWeights.From([new(Metric.Sharpe, one), new(Metric.TotalPnl, other)]));

        Assert.Equal(one == other ? [1, 1] : one > other ? [2, 1] : [1, 2], ranking.Ranks);
    }

    private static void AssertRefused(string sentence, params MetricWeight[] weights)
    {
        Assert.Null(RankingWeights.TryFrom(weights, out var fault));
        Assert.Equal(sentence, fault);
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => RankingWeights.From(weights)).Message, StringComparison.Ordinal);
    }
}
