namespace WallTrack.History;

/// <summary>The instants of an equity curve: the window's start, each full UTC hour inside it, and its end, ascending.</summary>
public sealed class HourGrid
{
    private readonly long _from;
    private readonly long _to;
    private readonly long _firstHour; // the first full hour after from

    public HourGrid(DateTime from, DateTime to)
    {
        if (from.Kind != DateTimeKind.Utc || to.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException("A window's ends must be UTC.", nameof(from));
        }

        if (from >= to)
        {
            throw new ArgumentException($"The window ends at {Instant.Text(to)}, which is not after its start, {Instant.Text(from)}.", nameof(to));
        }

        (From, To, _from, _to) = (from, to, from.Ticks, to.Ticks);
        _firstHour = ((_from / TimeSpan.TicksPerHour) + 1) * TimeSpan.TicksPerHour;
        var inside = _firstHour >= _to ? 0 : ((_to - 1 - _firstHour) / TimeSpan.TicksPerHour) + 1;
        Count = checked((int)(inside + 2));
    }

    public DateTime From { get; }

    public DateTime To { get; }

    /// <summary>Points, at least two; between them lie <see cref="Count"/> − 1 intervals of at most an hour.</summary>
    public int Count { get; }

    /// <summary>UTC ticks of a point.</summary>
    public long this[int point] => point == 0 ? _from : point == Count - 1 ? _to : _firstHour + ((point - 1) * TimeSpan.TicksPerHour);

    public DateTime TimeAt(int point) => new(this[point], DateTimeKind.Utc);

    /// <summary>The first point at or after an instant; <see cref="Count"/> when it lies beyond the end.</summary>
    public int AtOrAfter(long ticks)
    {
        if (ticks <= _from)
        {
            return 0;
        }

        if (ticks > _to)
        {
            return Count;
        }

        var point = ticks <= _firstHour ? 1 : (int)((ticks - _firstHour + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour) + 1;
        return Math.Min(point, Count - 1);
    }

    /// <summary>The last point at or before an instant that is not before the start.</summary>
    public int AtOrBefore(long ticks)
    {
        var point = AtOrAfter(ticks);
        return point < Count && this[point] == ticks ? point : point - 1;
    }
}
