using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class WeightListTests
{
    [Fact]
    public void The_default_is_said_by_saying_nothing()
    {
        Assert.Equal("", WeightList.Default.Text);
        Assert.True(WeightList.Parse("").IsDefault);
        Assert.True(WeightList.Parse("calmar_ratio:much,total_trades:1,,x:1,win_rate:-1,win_rate:NaN").IsDefault); // nothing of it can be read
        Assert.Equal(1, WeightList.Default.Sum);
    }

    [Fact]
    public void A_weight_that_was_moved_is_read_back_and_the_shares_follow()
    {
        var moved = WeightList.Default.With(Metric.TotalPnl, 0.8);
        var read = WeightList.Parse(moved.Text);

        Assert.Equal("total_pnl_sol:0.8,win_rate:0.2,profit_factor:0.2,max_drawdown:0.15,sharpe_ratio:0.15", moved.Text);
        Assert.Equal(moved.Items, read.Items);
        Assert.Equal(1.5, read.Sum);
        Assert.Equal(0.1, read.ShareOf(Metric.Sharpe)!.Value, 1e-12);
        Assert.Equal(0, read.ShareOf(Metric.Calmar));
    }

    [Fact]
    public void A_metric_that_is_not_usual_stays_as_long_as_it_weighs_something()
    {
        var more = WeightList.Default.With(Metric.Calmar, 0.5);

        Assert.Equal([.. WeightList.Default.Items, new(Metric.Calmar, 0.5)], more.Items);
        Assert.True(more.With(Metric.Calmar, 0).IsDefault);
        Assert.Equal(["total_pnl_sol:0", "win_rate:0", "profit_factor:0", "max_drawdown:0", "sharpe_ratio:0", "calmar_ratio:0.5"], WeightList.Parse("calmar_ratio:0.5").Text.Split(','));
    }

    [Fact]
    public void Without_any_weight_there_is_no_ranking_but_a_sentence()
    {
        var none = WeightList.Parse("total_pnl_sol:0");

        Assert.Null(none.Weights);
        Assert.Null(none.ShareOf(Metric.TotalPnl));
        Assert.Equal("All weights are 0; at least one must be above 0.", none.Fault);
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    public void Weights_stay_between_0_and_1(double weight, double taken) =>
        Assert.Equal(taken, WeightList.Default.With(Metric.WinRate, weight).WeightOf(Metric.WinRate));
}
