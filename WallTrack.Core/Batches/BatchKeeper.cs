using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// Once a second: shows that this process lives, takes claims from processes that do not, and sees to it that every batch
/// that is to run has its pumps and no other has. So whatever was lost, a job, a notice, a process, is made good.
/// </summary>
internal sealed class BatchKeeper(Database database, Node node, SliceLedger ledger, PumpSchedule pumps, Pump pump, Neighbours neighbours, NodeLoadMeter meter, Troubles troubles, BatchOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BatchKeeper> log)
    : BackgroundService
{
    // Of jobs, in the whole cluster: Quartz makes them one after another, and bears 40 to 60 on PostgreSQL.
    private const double MostChangesASecond = 25;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly HashSet<Guid> _ownOrphans = [];
    private string? _note;
    private long _round;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = lifetime.ApplicationStopping.Register(node.End); // pumps store and give back what they have, while there is time
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be away for a while; the next round tries again
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning(failure, "Batches could not be looked after; trying again");
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    /// <summary>One round.</summary>
    internal async Task KeepAsync(CancellationToken cancellation)
    {
        await node.BeatAsync(meter.Read(_note), cancellation);
        await neighbours.LookAsync(cancellation);
        await ReapAsync(cancellation);
        await neighbours.ForgetAsync(cancellation);
        await KeepPumpsAsync(cancellation);
        await database.TidyAsync(cancellation);
        _round++;
    }

    private async Task KeepPumpsAsync(CancellationToken cancellation)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        var open = await context.Set<Batch>()
            .Where(batch => batch.Status == BatchStatus.Pending || batch.Status == BatchStatus.Running)
            .OrderBy(batch => batch.CreatedAt)
            .Select(batch => new OpenBatch(batch.Id, batch.Intent, batch.MaxWorkers, batch.EngineVersion,
                context.Set<Slice>().Count(slice => slice.BatchId == batch.Id && slice.State == SliceState.Pending)))
            .ToListAsync(cancellation);
        var own = open.Where(batch => options.AdoptsOthers || node.Minds(batch.Id)).Where(IsForThisEngine).ToList();
        _note = NoteOn([.. open.Except(own).Where(batch => !IsForThisEngine(batch))]);
        foreach (var stopped in own.Where(batch => batch.Intent == BatchIntent.Stop))
            pumps.Interrupt(stopped.Id);
        var waiting = own.Where(batch => batch.Intent == BatchIntent.Run && batch.PendingSlices > 0).ToList();
        if (database.IsShared)
        {
            // Batches share the places by numbers of pumps, which costs nothing once all are at work; only when there are
            // more batches than places do they have to change about.
            var places = neighbours.Places(node.EngineVersion);
            pumps.Share = (places + Math.Max(1, waiting.Count) - 1) / Math.Max(1, waiting.Count);
            pumps.Stint = waiting.Count > places ? TimeSpan.FromSeconds(Math.Max(1, places / MostChangesASecond)) : TimeSpan.MaxValue;
        }

        // Each of n processes looks every n-th round: about once a second in all.
        if (database.IsShared && _round % Math.Max(1, neighbours.Seen.Count) != 0)
            return;
        foreach (var batch in waiting)
            await pumps.EnsureAsync(batch.Id, batch.MaxWorkers, batch.PendingSlices, cancellation);
    }

    /// <summary>Where machines share the work, one with another engine leaves a batch to those with its own; alone, nobody else will come.</summary>
    private bool IsForThisEngine(OpenBatch batch) => !database.IsShared || batch.EngineVersion == node.EngineVersion;

    /// <summary>What is said about batches of other engines, here and on their pages.</summary>
    private string? NoteOn(IReadOnlyList<OpenBatch> foreign)
    {
        foreach (var batch in foreign.Where(batch => batch.Intent == BatchIntent.Run))
        {
            if (neighbours.Seen.Any(state => state.IsLive && state.Node.EngineVersion == batch.EngineVersion))
                troubles.Over(batch.Id);
            else
                troubles.Say(batch.Id, $"It waits for a process with simulation engine {batch.EngineVersion}, by which it was started; there is none now. Start one, or cancel this batch and run it again with engine {node.EngineVersion}.");
        }

        return foreign.Count == 0 ? null
            : $"Takes no part in {(foreign.Count == 1 ? "a batch" : $"{foreign.Count:#,0} batches")} of simulation engine {string.Join(" and ", foreign.Select(batch => batch.EngineVersion).Distinct().Order(StringComparer.Ordinal).Take(5))}: this one has engine {node.EngineVersion}, whose results may differ.";
    }

    /// <summary>Claims of processes that have ended, are frozen or cut off; and our own that no pump of ours knows of.</summary>
    private async Task ReapAsync(CancellationToken cancellation)
    {
        var claims = await ledger.ClaimsAsync(cancellation);
        foreach (var byNode in claims.Where(claimed => claimed.Node != node.Id).GroupBy(claimed => claimed.Node))
        {
            if (!await neighbours.IsGoneAsync(byNode.Key, cancellation))
                continue;
            foreach (var (claim, _) in byNode)
            {
                log.LogWarning("Batch {Batch}: the process that had the slice at {Position} is gone; it is done again", claim.BatchId, claim.FirstPosition);
                await ledger.ReapAsync(claim, pump.FailedAsync);
            }
        }

        // A claim whose answer got lost on the way, seen in two rounds so that one just made is not taken for it.
        var orphans = claims.Where(claimed => claimed.Node == node.Id && !node.Holds(claimed.Claim)).Select(claimed => claimed.Claim).ToList();
        foreach (var orphan in orphans.Where(orphan => _ownOrphans.Contains(orphan.Token)))
            await ledger.EndAsync(orphan, [], null, 0);
        _ownOrphans.Clear();
        _ownOrphans.UnionWith(orphans.Select(orphan => orphan.Token));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record OpenBatch(Guid Id, BatchIntent Intent, int MaxWorkers, string EngineVersion, int PendingSlices);
}
