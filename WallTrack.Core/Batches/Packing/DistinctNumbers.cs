namespace WallTrack.Batches.Packing;

/// <summary>Numbers that recur, in order of first sight; a number is then referred to by its place.</summary>
internal sealed class DistinctNumbers
{
    private readonly Dictionary<long, int> _places = [];
    private readonly TableWriter _table = new(1);
    private long _latest;
    private int _latestPlace;

    internal void Clear()
    {
        _places.Clear();
        _table.Clear();
    }

    internal int PlaceOf(long number)
    {
        if (number == _latest && _table.Count > 0)
        {
            return _latestPlace;
        }

        if (!_places.TryGetValue(number, out var place))
        {
            place = _table.Count;
            _places.Add(number, place);
            _table.Row()[0] = PackedWriter.Fold(number);
        }

        (_latest, _latestPlace) = (number, place);
        return place;
    }

    internal void WriteTo(PackedWriter to) => _table.WriteTo(to);
}
