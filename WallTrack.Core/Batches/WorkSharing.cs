using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>Which batches this process takes part in, and how many pumps each of them has.</summary>
internal sealed class WorkSharing(Database database, Node node, PumpSchedule pumps, Neighbours neighbours, Troubles troubles, BatchOptions options)
{
    // Of jobs, in the whole cluster: Quartz makes them one after another, and bears 40 to 60 on PostgreSQL.
    private const double MostChangesASecond = 25;
    private HashSet<Guid> _foreign = [];
    private long _round;

    /// <summary>Why batches are left alone; null when none is.</summary>
    public string? Note { get; private set; }

    private bool SharesJobs => database.IsShared && options.AdoptsOthers;

    /// <summary>Stops the pumps of batches that are to stop, and sees to it that the others have theirs.</summary>
    public async Task ShareAsync(CancellationToken cancellation)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        context.Database.SetCommandTimeout(Node.LongestAnswer);
        var open = await context.Set<Batch>()
            .Where(batch => batch.Status == BatchStatus.Pending || batch.Status == BatchStatus.Running)
            .OrderBy(batch => batch.CreatedAt)
            .Select(batch => new OpenBatch(batch.Id, batch.Intent, batch.MaxWorkers, batch.EngineVersion,
                context.Set<Slice>().Count(slice => slice.BatchId == batch.Id && slice.State == SliceState.Pending)))
            .ToListAsync(cancellation);
        Note = NoteOn([.. open.Where(batch => !IsForThisEngine(batch))]);
        var own = open.Where(batch => IsForThisEngine(batch) && (options.AdoptsOthers || node.Minds(batch.Id))).ToList();
        foreach (var stopped in own.Where(batch => batch.Intent == BatchIntent.Stop))
            pumps.Interrupt(stopped.Id);

        var waiting = own.Where(batch => batch.Intent == BatchIntent.Run && batch.PendingSlices > 0).ToList();
        if (SharesJobs && !await IsMyTurnAsync(waiting.Count, cancellation))
            return;
        foreach (var batch in waiting)
            await pumps.EnsureAsync(batch.Id, batch.MaxWorkers, batch.PendingSlices, cancellation);
    }

    /// <summary>
    /// Batches share the places by numbers of pumps, which costs nothing once all are at work; only when there are more
    /// batches than places do they have to change about. Of n processes each looks after the jobs every n-th round, in
    /// turn: about once a second in all.
    /// </summary>
    private async Task<bool> IsMyTurnAsync(int waiting, CancellationToken cancellation)
    {
        var places = neighbours.Places(node.EngineVersion);
        pumps.Share = Math.Max(1, places / Math.Max(1, waiting));
        pumps.Stint = waiting > places ? TimeSpan.FromSeconds(Math.Max(1, places / MostChangesASecond)) : TimeSpan.MaxValue;

        var workers = neighbours.Workers(node.EngineVersion).ToList();
        if ((_round++ + workers.FindIndex(state => state.IsSelf)) % Math.Max(1, workers.Count) != 0)
            return false;
        await pumps.HealAsync(cancellation);
        return true;
    }

    /// <summary>Where machines share the work, one with another engine leaves a batch to those with its own; alone, nobody else will come.</summary>
    private bool IsForThisEngine(OpenBatch batch) => !database.IsShared || batch.EngineVersion == node.EngineVersion;

    /// <summary>What is said about batches of other engines, here and on their pages.</summary>
    private string? NoteOn(IReadOnlyList<OpenBatch> foreign)
    {
        var lonely = foreign.Where(batch => batch.Intent == BatchIntent.Run && !neighbours.Workers(batch.EngineVersion).Any()).ToDictionary(batch => batch.Id);
        foreach (var batch in _foreign.Where(batch => !lonely.ContainsKey(batch)))
            troubles.Over(batch);
        foreach (var (id, batch) in lonely)
            troubles.Say(id, $"It waits for a process with simulation engine {batch.EngineVersion}, by which it was started; there is none now. Start one, or cancel this batch and run it again with engine {node.EngineVersion}.");
        _foreign = [.. lonely.Keys];
        return foreign.Count == 0 ? null
            : $"Takes no part in {(foreign.Count == 1 ? "a batch" : $"{foreign.Count:#,0} batches")} of simulation engine {string.Join(" and ", foreign.Select(batch => batch.EngineVersion).Distinct().Order(StringComparer.Ordinal).Take(5))}: this one has engine {node.EngineVersion}, whose results may differ.";
    }

    private sealed record OpenBatch(Guid Id, BatchIntent Intent, int MaxWorkers, string EngineVersion, int PendingSlices);
}
