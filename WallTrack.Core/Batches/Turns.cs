namespace WallTrack.Batches;

/// <summary>
/// Who may use a core of this process. As many turns at once as there are cores; a turn that becomes free goes to the
/// waiting batch with the fewest, and among equals to who has waited longest: so batches share the machine evenly,
/// whatever their numbers of workers. A turn alone begins when all others have ended, and keeps them out.
/// </summary>
internal sealed class Turns(int cores)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _held = [];
    private readonly List<Waiting> _waiting = [];
    private int _count;
    private int _notBegun;
    private TaskCompletionSource? _allBegun;
    private bool _isAlone;

    /// <summary>Whether somebody waits for a turn.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    /// <summary>How many are taken.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>Completes when all who have a turn have begun, so that no core stands still that could be at work.</summary>
    public Task AllBegun
    {
        get
        {
            lock (_lock)
                return _notBegun == 0 ? Task.CompletedTask : (_allBegun ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <param name="most">Of that batch at once.</param>
    public async Task<Turn> TakeAsync(Guid batch, int most, bool alone, CancellationToken cancellation)
    {
        var waiting = new Waiting(batch, most, alone, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiting.Add(waiting);
            GiveOut();
        }

        await using var leaving = cancellation.Register(() =>
        {
            lock (_lock)
            {
                if (_waiting.Remove(waiting))
                    waiting.Given.SetCanceled(cancellation);
                GiveOut(); // one who waited to be alone may have kept others waiting
            }
        });
        await waiting.Given.Task;
        return new Turn(this, waiting);
    }

    private void GiveOut()
    {
        while (!_isAlone && _waiting.Count > 0)
        {
            // Nobody overtakes one who waits to be alone: otherwise he might wait for ever.
            var next = _waiting.FirstOrDefault(waiting => waiting.IsAlone)
                ?? _waiting.Where(waiting => HeldBy(waiting.Batch) < waiting.Most).MinBy(waiting => HeldBy(waiting.Batch));
            if (next is null || _count >= (next.IsAlone ? 1 : cores))
                return;
            _waiting.Remove(next);
            _held[next.Batch] = HeldBy(next.Batch) + 1;
            _count++;
            _notBegun++;
            _isAlone = next.IsAlone;
            next.Given.SetResult();
        }
    }

    private int HeldBy(Guid batch) => _held.GetValueOrDefault(batch);

    private void Begin()
    {
        lock (_lock)
        {
            if (--_notBegun > 0)
                return;
            _allBegun?.SetResult();
            _allBegun = null;
        }
    }

    private void GiveBack(Waiting turn)
    {
        lock (_lock)
        {
            _count--;
            _isAlone = false;
            if (--_held[turn.Batch] == 0)
                _held.Remove(turn.Batch);
            GiveOut();
        }
    }

    internal sealed record Waiting(Guid Batch, int Most, bool IsAlone, TaskCompletionSource Given);

    /// <summary>A core that may be used until this is disposed of.</summary>
    internal sealed class Turn(Turns turns, Waiting given) : IDisposable
    {
        private int _hasBegun;
        private int _isGivenBack;

        /// <summary>Says that there is something to do, or nothing.</summary>
        public void Begin()
        {
            if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
                turns.Begin();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
                turns.GiveBack(given);
            Begin();
        }
    }
}
