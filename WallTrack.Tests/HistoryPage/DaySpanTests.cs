using WallTrack.Dashboard.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class DaySpanTests
{
    private static readonly DaySpan January = new(new(2026, 1, 1), new(2026, 1, 31));

    [Fact]
    public void The_last_day_is_included()
    {
        Assert.Equal((new DateTime(2026, 1, 1), new DateTime(2026, 2, 1), 31), (January.From, January.To, January.Days));
        Assert.Equal(January, DaySpan.Of(January.From, January.To));
    }

    [Fact]
    public void Its_latest_days_are_never_more_than_it_has()
    {
        Assert.Equal(new(new(2026, 1, 25), new(2026, 1, 31)), January.Latest(7));
        Assert.Equal(January, January.Latest(90));
    }

    [Fact]
    public void What_lies_outside_is_cut_off()
    {
        Assert.Equal(new(new(2026, 1, 20), new(2026, 1, 31)), new DaySpan(new(2026, 1, 20), new(9999, 12, 31)).Within(January));
        Assert.Null(new DaySpan(new(2026, 2, 1), new(2026, 2, 2)).Within(January));
    }
}
