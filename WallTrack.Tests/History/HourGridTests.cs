using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>The instants of an equity curve, against a list written out hour by hour.</summary>
public sealed class HourGridTests
{
    private static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    // from and to in minutes after midnight, then the points
    [Theory]
    [InlineData(0, 120, "0 60 120")]
    [InlineData(0, 150, "0 60 120 150")]
    [InlineData(30, 120, "30 60 120")]
    [InlineData(30, 150, "30 60 120 150")]
    [InlineData(0, 60, "0 60")]
    [InlineData(0, 10, "0 10")]
    [InlineData(10, 20, "10 20")]
    [InlineData(50, 70, "50 60 70")]
    [InlineData(50, 60, "50 60")]
    [InlineData(60, 61, "60 61")]
    public void The_ends_and_the_full_hours_between_them_are_points(int from, int to, string points) =>
        Assert.Equal(points, string.Join(' ', Points(new(Start.AddMinutes(from), Start.AddMinutes(to))).Select(point => (point - Start).TotalMinutes)));

    [Fact]
    public void Random_windows_have_the_points_of_a_plain_list()
    {
        foreach (var (from, to) in RandomWindows())
            Assert.Equal(Expected(from, to), Points(new(from, to)));
    }

    [Fact]
    public void The_first_point_at_or_after_an_instant_is_found()
    {
        foreach (var (from, to) in RandomWindows())
        {
            var grid = new HourGrid(from, to);
            var points = Expected(from, to);
            foreach (var ticks in Questions(points))
                Assert.Equal(points.TakeWhile(point => point.Ticks < ticks).Count(), grid.AtOrAfter(ticks));
        }
    }

    [Fact]
    public void The_last_point_at_or_before_an_instant_is_found()
    {
        foreach (var (from, to) in RandomWindows())
        {
            var grid = new HourGrid(from, to);
            var points = Expected(from, to);
            foreach (var ticks in Questions(points).Where(ticks => ticks >= from.Ticks))
                Assert.Equal(points.TakeWhile(point => point.Ticks <= ticks).Count() - 1, grid.AtOrBefore(ticks));
        }
    }

    [Fact]
    public void A_window_that_does_not_end_after_its_start_is_refused()
    {
        Assert.StartsWith("The window ends at 2026-07-01T00:00:00Z, which is not after its start, 2026-07-01T00:00:00Z.",
            Assert.Throws<ArgumentException>(() => new HourGrid(Start, Start)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new HourGrid(Start, Start.AddTicks(-1)));
    }

    [Fact]
    public void Ends_that_are_not_UTC_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HourGrid(DateTime.SpecifyKind(Start, DateTimeKind.Local), Start.AddHours(1)));
        Assert.Throws<ArgumentException>(() => new HourGrid(Start, DateTime.SpecifyKind(Start.AddHours(1), DateTimeKind.Unspecified)));
    }

    private static DateTime[] Points(HourGrid grid)
    {
        Assert.Equal(Enumerable.Range(0, grid.Count).Select(grid.TimeAt), Enumerable.Range(0, grid.Count).Select(point => new DateTime(grid[point], DateTimeKind.Utc)));
        return [.. Enumerable.Range(0, grid.Count).Select(grid.TimeAt)];
    }

    private static List<DateTime> Expected(DateTime from, DateTime to)
    {
        var points = new List<DateTime> { from };
        for (var hour = from.Date; hour < to; hour = hour.AddHours(1))
        {
            if (hour > from)
                points.Add(hour);
        }

        points.Add(to);
        return points;
    }

    private static IEnumerable<long> Questions(List<DateTime> points) =>
        points.SelectMany(point => new[] { point.Ticks - 1, point.Ticks, point.Ticks + 1, point.Ticks + (30 * TimeSpan.TicksPerMinute) })
            .Append(0).Append(DateTime.MaxValue.Ticks);

    /// <summary>On and off full hours, from one tick to four days long.</summary>
    private static IEnumerable<(DateTime From, DateTime To)> RandomWindows()
    {
        var random = new Random(9);
        for (var i = 0; i < 500; i++)
        {
            var from = random.Next(2) == 0 ? Start.AddHours(random.Next(48)) : Start.AddTicks(random.NextInt64(2 * TimeSpan.TicksPerDay));
            yield return (from, random.Next(4) switch
            {
                0 => from.AddHours(random.Next(1, 96)),
                1 => from.AddTicks(random.NextInt64(1, 4 * TimeSpan.TicksPerDay)),
                2 => from.AddTicks(random.NextInt64(1, TimeSpan.TicksPerHour)),
                _ => from.Date.AddDays(random.Next(1, 4)).AddHours(random.Next(24)) is var hour && hour > from ? hour : from.AddTicks(1),
            });
        }
    }
}
