namespace WallTrack.Notifications;

/// <summary>Wakes the one who waits, or who will wait next; rings that come before that are one.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>From any thread, also after the end.</summary>
    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It rings already, or nobody will ever wait again.
        }
    }

    public Task WaitAsync(CancellationToken cancellation) => _rung.WaitAsync(cancellation);

    /// <summary>For no longer than <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellation) => _rung.WaitAsync(most, cancellation);

    public void Dispose() => _rung.Dispose();
}
