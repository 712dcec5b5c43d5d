using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>A process as another one sees it.</summary>
/// <param name="Silence">For how long its beat has stood still, by the clock of who looks, since it first looked: what is decided rests on this.</param>
public sealed record NodeState(NodeRecord Node, TimeSpan Silence, bool IsSelf)
{
    /// <summary>How long ago its last beat was, by the database's clock; at least as long as it has been seen to be silent.</summary>
    public TimeSpan LastBeat { get; init; } = Silence;

    /// <summary>It beats once a second.</summary>
    public bool IsLive => Silence < Neighbours.LongestSilenceWithoutLock;
}

/// <summary>What has become of a process.</summary>
internal enum Fate
{
    Lives,

    /// <summary>Its beat has stood still for ten seconds by our own clock, but it holds its lock: it is frozen, or cut off.</summary>
    Silent,
    Ended,
}

/// <summary>
/// Which of the other processes still live. A lock alone does not tell: a server that was restarted has forgotten the
/// locks of processes that go on, and so has one that lost a connection. So a process whose lock is free is gone when its
/// beat, too, stands still for three seconds.
/// </summary>
public sealed class Neighbours
{
    internal static readonly TimeSpan LongestSilenceWithoutLock = TimeSpan.FromSeconds(3); // beats come once a second
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly Database _database;
    private readonly Node _node;
    private readonly DatabaseClock _clock;
    private readonly TimeProvider _time;
    private readonly Dictionary<Guid, (long Beat, long SeenAt)> _beats = [];
    private long _lookedAt;

    internal Neighbours(Database database, Node node, DatabaseClock clock, TimeProvider time) => (_database, _node, _clock, _time) = (database, node, clock, time);

    /// <summary>All processes, this one too, as they are now: while the database does not answer, all fall silent.</summary>
    public IReadOnlyList<NodeState> Now
    {
        get
        {
            var since = _time.GetElapsedTime(_lookedAt);
            return [.. Seen.Select(state => state with { Silence = state.Silence + since, LastBeat = state.LastBeat + since })];
        }
    }

    /// <summary>The same as of the last look.</summary>
    public IReadOnlyList<NodeState> Seen { get; private set; } = [];

    /// <summary>How long ago the last look was, once that is longer than a process may be silent: the database is away, or slow. Else null.</summary>
    public TimeSpan? Away => Seen.Count > 0 && _time.GetElapsedTime(_lookedAt) is var since && since >= LongestSilenceWithoutLock ? since : null;

    /// <summary>Of the processes with that engine, as last seen alive; at least those of this one.</summary>
    internal int Cores(string engine) => Math.Max(_node.Cores, Workers(engine).Sum(state => state.Node.Cores));

    /// <summary>Pumps that those processes have places for.</summary>
    internal int Places(string engine) => Math.Max(_node.Places, Workers(engine).Sum(state => state.Node.Cores + SliceLedger.SparePumps));

    /// <summary>Looks at the beats of all; not to be called twice at a time.</summary>
    internal async Task<IReadOnlyList<NodeState>> LookAsync(CancellationToken cancellation)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        context.Database.SetCommandTimeout(Node.LongestAnswer);
        var records = await context.Set<NodeRecord>().OrderBy(record => record.Name).ThenBy(record => record.StartedAt).ToListAsync(cancellation);
        foreach (var gone in _beats.Keys.Except(records.Select(record => record.Id)).ToList())
            _beats.Remove(gone);
        foreach (var record in records)
        {
            if (!_beats.TryGetValue(record.Id, out var seen) || seen.Beat != record.Beat)
                _beats[record.Id] = (record.Beat, _time.GetTimestamp());
        }

        _lookedAt = _time.GetTimestamp();
        var now = _clock.GetUtcNow().UtcDateTime;
        return Seen = [.. records.Select(StateOf)];

        NodeState StateOf(NodeRecord record)
        {
            var (silence, ago) = (_time.GetElapsedTime(_beats[record.Id].SeenAt), now - record.BeatAt);
            return new(record, silence, record.Id == _node.Id) { LastBeat = ago > silence ? ago : silence };
        }
    }

    /// <summary>What has become of another process, as of the last look.</summary>
    internal async Task<Fate> FateOfAsync(Guid other, CancellationToken cancellation)
    {
        if (Seen.FirstOrDefault(state => state.Node.Id == other) is not { } known)
            return Fate.Ended; // it said good-bye
        if (known.Silence < LongestSilenceWithoutLock)
            return Fate.Lives;
        return await _node.HasEndedAsync(other, cancellation) ? Fate.Ended : known.Silence < LongestSilence ? Fate.Lives : Fate.Silent;
    }

    /// <summary>Those that share jobs.</summary>
    internal IEnumerable<NodeState> Workers(string engine) => Seen.Where(state => state.IsLive && state.Node.Role != NodeRole.Verb && state.Node.EngineVersion == engine);

    /// <summary>Clears away what those left that have long been silent. One that was only frozen makes itself known again.</summary>
    internal async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (var state in Seen.Where(state => !state.IsSelf && state.Silence >= Remembered))
        {
            var (id, beat) = (state.Node.Id, state.Node.Beat);
            await _database.InTransactionAsync(context => context.Set<NodeRecord>().Where(record => record.Id == id && record.Beat == beat).ExecuteDeleteAsync(cancellation), cancellation);
            await _node.HasEndedAsync(id, cancellation); // a lock that nobody holds goes with the trying
        }
    }
}
