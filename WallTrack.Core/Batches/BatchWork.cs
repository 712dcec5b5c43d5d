using Microsoft.EntityFrameworkCore;
using WallTrack.History;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>What this process needs to work on a batch; its pumps share it.</summary>
/// <param name="Simulator">Null when the batch cannot be simulated here and now.</param>
/// <param name="Refusal">Then why, a sentence: each of its scenarios fails with it.</param>
internal sealed record BatchWork(Guid Id, int MaxWorkers, bool KeepsSeries, BatchMembers Members, Simulator? Simulator, string? Refusal);

/// <summary>Opens batches for the pumps of this process, each once.</summary>
internal sealed class BatchWorks(Database database, HistoryLibrary library, BatchOptions options)
{
    /// <summary>Lists up to this length are kept in memory, as text and parsed, while their batch runs here.</summary>
    public const int LongestRemembered = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Shared> _open = [];
    private readonly List<WeakReference<Simulator>> _simulators = [];

    /// <summary>Whether pumps wait for a batch's history, which may take half a minute when it is large.</summary>
    public bool AreOpening
    {
        get
        {
            lock (_lock)
                return _open.Values.Any(shared => shared.Work is { IsCompleted: false });
        }
    }

    /// <summary>Saves the next pumps of a batch that was just started from reading its scenarios.</summary>
    public void Remember(Guid batch, IReadOnlyList<Member> members)
    {
        if (members.Count > LongestRemembered)
            return;
        var known = new BatchMembers(database, batch);
        known.Remember(members);
        lock (_lock)
            Get(batch).Members = known;
    }

    /// <summary>The work, until as many have closed it as had opened it; null when there is no such batch.</summary>
    public Task<BatchWork?> OpenAsync(Guid batch)
    {
        lock (_lock)
        {
            var shared = Get(batch);
            shared.Users++;
            if (shared.Work is null or { IsFaulted: true })
                shared.Work = Task.Run(() => LoadAsync(batch, shared.Members ?? new(database, batch)));
            return shared.Work;
        }
    }

    public void Close(Guid batch)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(batch, out var shared) && --shared.Users <= 0)
                _open.Remove(batch);
        }
    }

    private Shared Get(Guid batch)
    {
        if (!_open.TryGetValue(batch, out var shared))
            _open.Add(batch, shared = new());
        return shared;
    }

    private async Task<BatchWork?> LoadAsync(Guid batch, BatchMembers members)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        if (await context.Set<Batch>().Where(row => row.Id == batch).Select(BatchSnapshot.Columns).SingleOrDefaultAsync() is not { } row)
            return null;
        if (row.EngineVersion != options.EngineVersion)
            return Refused($"The batch was started by simulation engine {row.EngineVersion}; this is engine {options.EngineVersion}, whose results may differ. Run the batch again instead.");
        try
        {
            var window = await library.OpenAsync(row.From, row.To, row.SolUsd);
            return window.Fingerprint == row.HistoryFingerprint
                ? new(batch, row.MaxWorkers, row.KeepsSeries, members, SimulatorOf(window), null)
                : Refused("The history of this window has changed since the batch was started, so further results would not be comparable with those it has. Run the batch again instead.");
        }
        catch (NoHistoryException exception)
        {
            return Refused(exception.Message);
        }

        BatchWork Refused(string sentence) => new(batch, row.MaxWorkers, row.KeepsSeries, members, null, sentence);
    }

    /// <summary>Whoever replays over the same window shares what is computed from it, for as long as one of them needs it.</summary>
    public Simulator SimulatorOf(HistoryWindow window)
    {
        lock (_lock)
        {
            _simulators.RemoveAll(reference => !reference.TryGetTarget(out _));
            foreach (var reference in _simulators)
            {
                if (reference.TryGetTarget(out var known) && known.Window == window)
                    return known;
            }

            var simulator = new Simulator(window);
            _simulators.Add(new(simulator));
            return simulator;
        }
    }

    private sealed class Shared
    {
        public int Users { get; set; }

        public BatchMembers? Members { get; set; }

        public Task<BatchWork?>? Work { get; set; }
    }
}
