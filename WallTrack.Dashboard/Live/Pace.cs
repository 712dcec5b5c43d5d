namespace WallTrack.Dashboard.Live;

/// <summary>
/// Acts after a ring, but never sooner than an interval after it last acted. Rings in between are merged into one more
/// act, so the last is never lost; acts never overlap.
/// </summary>
internal sealed class Pace : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Func<Task> _act;
    private readonly ITimer _timer;
    private long? _actedAt;
    private bool _isBusy; // an act is planned or under way
    private bool _isRungMeanwhile;
    private bool _isDisposed;

    /// <param name="act">What it throws is the caller's loss: it should catch its own.</param>
    public Pace(TimeProvider time, TimeSpan interval, Func<Task> act)
    {
        (_time, _interval, _act) = (time, interval, act);
        _timer = time.CreateTimer(_ => _ = ActAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Ring()
    {
        lock (_lock)
        {
            _isRungMeanwhile = _isBusy;
            if (!_isBusy)
                Plan();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _timer.Dispose();
    }

    private void Plan()
    {
        if (_isDisposed)
            return;
        var wait = _actedAt is { } at ? _interval - _time.GetElapsedTime(at) : TimeSpan.Zero;
        _isBusy = true;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task ActAsync()
    {
        lock (_lock)
        {
            // What rang until now is seen by this act.
            (_isRungMeanwhile, _actedAt) = (false, _time.GetTimestamp());
        }

        try
        {
            await _act();
        }
        finally
        {
            lock (_lock)
            {
                _isBusy = false;
                if (_isRungMeanwhile)
                    Plan();
            }
        }
    }
}
