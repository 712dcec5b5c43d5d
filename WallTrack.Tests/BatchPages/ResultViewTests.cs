using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Batches;

namespace WallTrack.Tests.BatchPages;

public sealed class ResultViewTests
{
    [Fact]
    public void An_empty_address_is_the_usual_view_and_the_other_way_round()
    {
        var view = ResultView.Of(null, null, null, null, null, null);

        Assert.Equal((Metric.TotalPnl, true, "", null, 1), (view.SortBy!, view.IsDescending, view.Name, view.Status, view.Page));
        Assert.All(view.ToQuery(), pair => Assert.Null(pair.Value));
    }

    [Theory]
    [InlineData("max_drawdown", "desc", "stop", "failed", "win_rate,fees_sol", "7")]
    [InlineData("batch", "desc", null, "completed", "", null)]
    [InlineData("win_rate", "asc", "a b", null, null, "2")]
    public void An_address_survives_being_read_and_written(string sort, string? order, string? name, string? status, string? columns, string? page)
    {
        var query = ResultView.Of(sort, order, name, status, columns, page).ToQuery();

        Assert.Equal(
            [sort, order, name, status, columns, page],
            new[] { "sort", "order", "name", "status", "columns", "page" }.Select(key => query[key]?.ToString()));
    }

    [Theory]
    [InlineData("colour", "sideways", "done", "mood", "-3")]
    [InlineData("", "", "", "", "99999999999")]
    public void Words_that_nobody_knows_are_as_usual(string sort, string order, string status, string columns, string page)
    {
        var view = ResultView.Of(sort, order, null, status, columns, page);

        Assert.Equal((Metric.TotalPnl, true, (ResultStatus?)null, 1), (view.SortBy!, view.IsDescending, view.Status, view.Page));
        Assert.Empty(view.Columns);
    }

    [Fact]
    public void The_best_comes_first_and_a_second_click_turns_it_round()
    {
        var view = new ResultView { Page = 3 }.SortedBy(Metric.MaxDrawdown);
        Assert.Equal((false, 1), (view.IsDescending, view.Page));

        Assert.True(view.SortedBy(Metric.MaxDrawdown).IsDescending);
        Assert.True(view.SortedBy(Metric.Sharpe).IsDescending);
    }

    [Fact]
    public void Views_are_equal_when_they_show_the_same()
    {
        var view = ResultView.Of("win_rate", null, "x", null, "win_rate,fees_sol", "2");

        Assert.Equal(view, ResultView.Of("win_rate", "desc", " x ", null, "fees_sol,win_rate", "2"));
        Assert.NotEqual(view, view.WithColumn(Metric.Fees, false));
    }

    [Fact]
    public void Columns_keep_the_order_of_the_metrics()
    {
        var view = new ResultView { Columns = [Metric.Fees] }.WithColumn(Metric.TotalPnl, true);

        Assert.Equal([Metric.TotalPnl, Metric.Fees], view.Columns);
        Assert.Equal([Metric.Fees], view.WithColumn(Metric.TotalPnl, false).Columns);
    }
}
