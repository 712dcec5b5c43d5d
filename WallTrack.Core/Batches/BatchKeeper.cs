using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>How the batches of a process are run.</summary>
public sealed record BatchOptions
{
    /// <summary>Whether this process also goes on with batches that others have started and left; a verb minds its own.</summary>
    public bool AdoptsOthers { get; init; } = true;

    /// <summary>Scenarios simulated at once, over all batches; no more than there are cores is of use.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;
}

/// <summary>
/// Once a second: shows that this process lives, takes claims from processes that do not, and sees to it that every batch
/// that is to run has its pumps and no other has. So whatever was lost, a job, a notice, a process, is made good.
/// </summary>
internal sealed class BatchKeeper(Database database, Node node, SliceLedger ledger, PumpSchedule pumps, Pump pump, Neighbours neighbours, BatchOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BatchKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly HashSet<Guid> _ownOrphans = [];

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
        await node.BeatAsync(cancellation);
        await ReapAsync(cancellation);
        await using var context = database.CreateContextFactory().CreateDbContext();
        var open = await context.Set<Batch>()
            .Where(batch => batch.Status == BatchStatus.Pending || batch.Status == BatchStatus.Running)
            .OrderBy(batch => batch.CreatedAt)
            .Select(batch => new { batch.Id, batch.Intent, batch.MaxWorkers, batch.Total, batch.Completed, batch.Failed })
            .ToListAsync(cancellation);
        foreach (var batch in open.Where(batch => options.AdoptsOthers || node.Minds(batch.Id)))
        {
            if (batch.Intent == BatchIntent.Stop)
                await pumps.InterruptAsync(batch.Id, batch.MaxWorkers + SliceLedger.SparePumps, cancellation);
            else
                await pumps.EnsureAsync(batch.Id, Math.Min(batch.MaxWorkers + SliceLedger.SparePumps, batch.Total - batch.Completed - batch.Failed), cancellation);
        }

        await database.TidyAsync(cancellation);
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
}
