namespace WallTrack.Dashboard.History;

/// <summary>Days from the first to the last, both included; UTC.</summary>
public readonly record struct DaySpan(DateOnly First, DateOnly Last)
{
    public DateTime From => First.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    public DateTime To => Last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <param name="to">Excluded.</param>
    public static DaySpan Of(DateTime from, DateTime to) => new(DateOnly.FromDateTime(from), DateOnly.FromDateTime(to.AddTicks(-1)));

    /// <summary>Its last days, or all when it has fewer.</summary>
    public DaySpan Latest(int days) => days >= Days ? this : new(Last.AddDays(1 - days), Last);

    /// <summary>The part of it that lies in the other; null when there is none.</summary>
    public DaySpan? Within(DaySpan other)
    {
        var common = new DaySpan(First > other.First ? First : other.First, Last < other.Last ? Last : other.Last);
        return common.First <= common.Last ? common : null;
    }
}
