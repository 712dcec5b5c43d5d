namespace WallTrack.Simulation;

/// <summary>A small cache shared by workers, bounded by bytes, which drops what was not used for longest.</summary>
/// <remarks>A value is made under the lock: each is a fraction of a millisecond's work that the next worker waits for anyway.</remarks>
internal sealed class Shelf<TKey, TValue>(long capacityBytes, Func<TValue, long> sizeOf)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _latestFirst = [];
    private long _bytes;

    internal TValue GetOrMake(TKey key, Func<TKey, TValue> make)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(key, out var node))
            {
                _latestFirst.Remove(node);
                _latestFirst.AddFirst(node);
                return node.Value.Value;
            }

            var value = make(key);
            _nodes.Add(key, _latestFirst.AddFirst((key, value)));
            _bytes += sizeOf(value);
            while (_bytes > capacityBytes && _latestFirst.Count > 1)
            {
                var oldest = _latestFirst.Last!.Value;
                _latestFirst.RemoveLast();
                _nodes.Remove(oldest.Key);
                _bytes -= sizeOf(oldest.Value);
            }

            return value;
        }
    }
}
