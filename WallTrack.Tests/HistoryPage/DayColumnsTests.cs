using WallTrack.Dashboard.History;
using WallTrack.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class DayColumnsTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void A_column_is_as_high_as_its_signals_and_filled_as_far_as_they_have_a_price()
    {
        var shape = DayColumns.Of([new(First, 40, 30), new(First.AddDays(1), 0, 0)]);

        Assert.Equal([(100.0, 75.0), (0.0, 0.0)], shape.Columns.Select(column => (column.Height, column.FilledHeight)));
        Assert.Equal((10, 25.0), (shape.Columns[0].WithoutPrice, shape.Columns[0].UnfilledHeight));
    }

    [Fact]
    public void Columns_stand_side_by_side_inside_the_picture()
    {
        var columns = DayColumns.Of(Days(31)).Columns;

        Assert.True(columns[0].Left >= 0);
        Assert.True(columns[^1].Left + columns[^1].Width <= 100);
        Assert.All(columns.Zip(columns.Skip(1)), pair => Assert.True(pair.First.Left + pair.First.Width < pair.Second.Left));
    }

    [Theory]
    [InlineData(0, "0,1")]
    [InlineData(1, "0,1")]
    [InlineData(4, "0,1,2,3,4")]
    [InlineData(9, "0,5,10")]
    [InlineData(330, "0,100,200,300,400")]
    public void Heights_are_round_and_reach_the_highest_column(int signals, string marks) =>
        Assert.Equal(marks, string.Join(',', DayColumns.Of([new(First, signals, 0)]).Heights.Select(mark => mark.Text)));

    [Theory]
    [InlineData(1, "01-01")]
    [InlineData(3, "01-01 01-02 01-03")]
    [InlineData(30, "01-01 01-06 01-11 01-16 01-21 01-26")]
    [InlineData(400, "2026-01 2026-04 2026-06 2026-09 2026-12")]
    public void Days_are_marked_sparsely(int days, string marks) =>
        Assert.Equal(marks, string.Join(' ', DayColumns.Of(Days(days)).DayMarks.Select(mark => mark.Text)));

    [Theory]
    [InlineData(400, 1, 400)]
    [InlineData(401, 2, 201)]
    [InlineData(20_000, 50, 400)]
    public void Days_share_columns_when_there_are_too_many(int days, int daysAColumn, int columns)
    {
        var shape = DayColumns.Of(Days(days));

        Assert.Equal((daysAColumn, columns), (shape.DaysAColumn, shape.Columns.Length));
        Assert.Equal(3 * days, shape.Columns.Sum(column => column.Signals));
        Assert.Equal(First.AddDays(days - 1), shape.Columns[^1].Last);
    }

    private static List<DayCoverage> Days(int count) => [.. Enumerable.Range(0, count).Select(day => new DayCoverage(First.AddDays(day), 3, 2))];
}
