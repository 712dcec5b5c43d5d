using WallTrack.Batches;
using WallTrack.Dashboard.Batches;

namespace WallTrack.Tests.BatchPages;

/// <summary>Rows that are read do not move.</summary>
public sealed class ResultRowsTests
{
    [Fact]
    public void A_better_result_comes_last_and_is_said_to_be_first()
    {
        var rows = new ResultRows();
        rows.Replace(Page(7, 3), skip: 0);

        rows.Update(Page(9, 7, 3));

        Assert.Equal([(7, 2), (3, 3), (9, 1)], Shown(rows));
        Assert.True(rows.IsOutOfOrder);
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public void A_worse_result_is_where_it_belongs()
    {
        var rows = new ResultRows();
        rows.Replace(Page(7, 3), skip: 0);

        rows.Update(Page(7, 3, 1));

        Assert.Equal([(7, 1), (3, 2), (1, 3)], Shown(rows));
        Assert.False(rows.IsOutOfOrder);
    }

    [Fact]
    public void A_row_that_better_ones_push_off_a_full_page_stays_without_a_place()
    {
        var rows = new ResultRows();
        rows.Replace(Page([.. Enumerable.Range(0, ResultView.RowsAPage)], [], 100), skip: 100);

        rows.Update(Page([77, .. Enumerable.Range(0, ResultView.RowsAPage - 1)], [], 100));

        Assert.Equal(Enumerable.Range(0, ResultView.RowsAPage), rows.Rows.Select(row => row.Position));
        Assert.Equal((102, (int?)null), (rows.Rows[0].Place, rows.Rows[^1].Place));
        Assert.True(rows.IsOutOfOrder);
    }

    [Fact]
    public void A_failure_that_is_tried_again_is_gone()
    {
        var rows = new ResultRows();
        rows.Replace(Page(7, 3, 5), skip: 0);

        rows.Update(Page(7, 5));

        Assert.Equal([(7, 1), (5, 2)], Shown(rows));
        Assert.False(rows.IsOutOfOrder);
    }

    [Fact]
    public void What_waited_gets_its_figures_where_it_stands()
    {
        var rows = new ResultRows();
        rows.Replace(Page([4], [1, 2, 3]), skip: 0);

        rows.Update(Page([2, 4], [1, 2, 3])); // the second has just ended

        Assert.Equal([(4, 2), (1, null), (2, 1), (3, (int?)null)], Shown(rows));
        Assert.Equal([RunState.Completed, RunState.Waiting, RunState.Completed, RunState.Waiting], rows.Rows.Select(row => row.State));
        Assert.True(rows.IsOutOfOrder);
        Assert.Equal(4, rows.Count);
    }

    [Fact]
    public void What_waited_makes_room_when_results_fill_the_page()
    {
        var rows = new ResultRows();
        rows.Replace(Page([], [.. Enumerable.Range(0, ResultView.RowsAPage)]), skip: 0);

        rows.Update(Page([.. Enumerable.Range(20, ResultView.RowsAPage)], []));

        Assert.Equal(Enumerable.Range(20, ResultView.RowsAPage), rows.Rows.Select(row => row.Position));
        Assert.False(rows.IsOutOfOrder);
    }

    [Fact]
    public void Sorting_again_puts_all_in_order()
    {
        var rows = new ResultRows();
        rows.Replace(Page(7, 3), skip: 0);
        rows.Update(Page(9, 7, 3));

        rows.Replace(Page(9, 7, 3), skip: 0);

        Assert.Equal([(9, 1), (7, 2), (3, 3)], Shown(rows));
        Assert.False(rows.IsOutOfOrder);
    }

    private static ResultRowPage Page(params int[] positions) => Page(positions, []);

    private static ResultRowPage Page(int[] positions, int[] undone, int skip = 0) => ResultRowPage.Of(new([.. positions.Select(position => new ResultFigures
    {
        BatchId = Guid.Empty,
        Position = position,
        ResultId = Guid.CreateVersion7(),
        ScenarioName = $"scenario {position}",
        Status = ResultStatus.Completed,
    })], positions.Length), new([.. undone.Select(position => new UndoneScenario(position, $"scenario {position}", IsRunning: false))], undone.Length), skip);

    private static IEnumerable<(int, int?)> Shown(ResultRows rows) => rows.Rows.Select(row => (row.Position, row.Place));
}
