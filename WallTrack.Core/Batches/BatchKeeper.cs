using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// Once a second: shows that this process lives, takes claims from processes that do not, and sees to it that every batch
/// that is to run has its pumps and no other has. So whatever was lost, a job, a notice, a process, is made good.
/// </summary>
internal sealed class BatchKeeper(Database database, Node node, SliceLedger ledger, Pump pump, Neighbours neighbours, WorkSharing sharing, NodeLoadMeter meter, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BatchKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(2);
    private readonly HashSet<Guid> _ownOrphans = [];

    /// <summary>The last of this process's work: a claim that was made as its pump was stopped is nobody's, and is given back.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = new CancellationTokenSource(PatienceAtTheEnd);
        try
        {
            foreach (var (claim, _) in (await ledger.ClaimsAsync(patience.Token)).Where(claimed => claimed.Node == node.Id && !node.Holds(claimed.Claim)))
                await ledger.EndAsync(claim, [], null, 0);
        }
        catch (Exception failure) when (patience.IsCancellationRequested || database.IsPassing(failure))
        {
            // Others will find that this process has ended.
        }
    }

    /// <remarks>
    /// The beat has a loop of its own: nothing that waits for others may make this process look dead. So has tidying: on a
    /// full disk it is what makes room for the rest.
    /// </remarks>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = lifetime.ApplicationStopping.Register(node.End); // pumps store and give back what they have, while there is time
        await Task.WhenAll(
            AgainAsync(cancellation => node.BeatAsync(meter.Read(sharing.Note), cancellation), stoppingToken),
            AgainAsync(KeepAsync, stoppingToken),
            AgainAsync(database.TidyAsync, stoppingToken));
    }

    private async Task AgainAsync(Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await act(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be away for a while; the next round tries again
            catch (Exception failure)
#pragma warning restore CA1031
            {
                database.DropIdleConnections();
                log.LogWarning(failure, "Batches could not be looked after; trying again");
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    /// <summary>One round.</summary>
    internal async Task KeepAsync(CancellationToken cancellation)
    {
        var claims = await ledger.ClaimsAsync(cancellation); // before the look at those who made them
        await neighbours.LookAsync(cancellation);
        await sharing.ShareAsync(cancellation);
        await ReapAsync(claims, cancellation);
        await neighbours.ForgetAsync(cancellation);
    }

    /// <summary>Claims of processes that have ended, are frozen or cut off; and our own that no pump of ours knows of.</summary>
    private async Task ReapAsync(IReadOnlyList<(Claim Claim, Guid Node)> claims, CancellationToken cancellation)
    {
        foreach (var byNode in claims.Where(claimed => claimed.Node != node.Id).GroupBy(claimed => claimed.Node))
        {
            var fate = await neighbours.FateOfAsync(byNode.Key, cancellation);
            if (fate == Fate.Lives)
                continue;
            foreach (var (claim, _) in byNode)
            {
                log.LogWarning("Batch {Batch}: the process that had the slice at {Position} {Fate}; it is done again", claim.BatchId, claim.FirstPosition, fate == Fate.Ended ? "has ended" : "is silent");
                await ledger.ReapAsync(claim, isDeath: fate == Fate.Ended, pump.FailedAsync);
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
