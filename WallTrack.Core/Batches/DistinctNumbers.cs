namespace WallTrack.Batches;

/// <summary>Numbers that recur, in order of first sight; a number is then referred to by its place.</summary>
internal sealed class DistinctNumbers
{
    private readonly Dictionary<long, int> _places = [];
    private readonly List<long> _numbers = [];
    private long _last;
    private int _lastPlace;

    internal void Clear()
    {
        _places.Clear();
        _numbers.Clear();
    }

    internal int PlaceOf(long number)
    {
        if (number == _last && _numbers.Count > 0)
        {
            return _lastPlace;
        }

        if (!_places.TryGetValue(number, out var place))
        {
            place = _numbers.Count;
            _places.Add(number, place);
            _numbers.Add(number);
        }

        (_last, _lastPlace) = (number, place);
        return place;
    }

    internal void Write(PackedWriter to)
    {
        var table = new TableWriter(1);
        foreach (var number in _numbers)
        {
            table.Row()[0] = PackedWriter.Fold(number);
        }

        table.WriteTo(to);
    }
}
