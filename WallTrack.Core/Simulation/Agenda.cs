namespace WallTrack.Simulation;

/// <summary>
/// What open positions will do next, earliest first and older positions first at equal times: a binary heap with one
/// line a position, kept small and free of allocation, since every fill of a replay passes through it.
/// </summary>
internal sealed class Agenda
{
    private Line[] _lines = new Line[64];

    internal int Count { get; private set; }

    /// <summary>The time of the next fill; later than any when there is none.</summary>
    internal long NextTime => Count == 0 ? long.MaxValue : _lines[0].Time;

    /// <summary>The next line; there must be one.</summary>
    internal Line Next => _lines[0];

    internal void Clear() => Count = 0;

    internal void Add(Line line)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, Count * 2);
        }

        var place = Count++;
        while (place > 0 && line.IsBefore(_lines[(place - 1) / 2]))
        {
            _lines[place] = _lines[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _lines[place] = line;
    }

    internal void RemoveNext()
    {
        if (--Count > 0)
        {
            ReplaceNext(_lines[Count]);
        }
    }

    internal void ReplaceNext(Line line)
    {
        var place = 0;
        for (var child = 1; child < Count; child = (2 * place) + 1)
        {
            if (child + 1 < Count && _lines[child + 1].IsBefore(_lines[child]))
            {
                child++;
            }

            if (!_lines[child].IsBefore(line))
            {
                break;
            }

            _lines[place] = _lines[child];
            place = child;
        }

        _lines[place] = line;
    }

    /// <param name="Time">UTC ticks.</param>
    /// <param name="Trade">Place of the trade, ascending by decision.</param>
    /// <param name="Fill">Place of its next fill.</param>
    internal readonly record struct Line(long Time, int Trade, int Fill)
    {
        internal bool IsBefore(Line other) => Time < other.Time || (Time == other.Time && Trade < other.Trade);
    }
}
