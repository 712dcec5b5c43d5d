namespace WallTrack.Batches;

/// <summary>
/// Many pages that show the same ask for it at the same moment, when a batch has changed. They share what is read: at most
/// one reading of a kind is under way and one waits for its end, which whoever asks meanwhile gets. So nobody is given
/// what was read before they asked, and fifty pages cost as much as two.
/// </summary>
internal sealed class SharedReads<TKey, T>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (Task<T> Current, Task<T>? Next)> _readings = [];

    /// <param name="read">Is not cancelled: others may wait for it.</param>
    public Task<T> ReadAsync(TKey key, Func<Task<T>> read, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var before = _readings.TryGetValue(key, out var reading) ? reading.Current : null;
            if (reading.Next is null)
            {
                var mine = Task.Run(() => RunAsync(key, read, before), CancellationToken.None);
                _readings[key] = reading = (before ?? mine, mine);
            }

            return reading.Next!.WaitAsync(cancellation);
        }
    }

    private async Task<T> RunAsync(TKey key, Func<Task<T>> read, Task? before)
    {
        if (before is not null)
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            // From here on it is too late to join.
            _readings[key] = (_readings[key].Next!, null);
        }

        try
        {
            return await read();
        }
        finally
        {
            lock (_lock)
            {
                if (_readings[key].Next is null)
                    _readings.Remove(key);
            }
        }
    }
}
