using Microsoft.EntityFrameworkCore;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>A slice in the hands of one worker slot; whoever has another token has it no longer.</summary>
public sealed record Claim(Guid BatchId, int FirstPosition, int Count, Guid Token, int Deaths);

/// <summary>A scenario's result with what the tables beside it need.</summary>
internal sealed record FoundResult(BacktestResult Result, Simulation.Metrics? Metrics);

/// <summary>
/// Every change of slices and of the counts and status that follow from them: each is one transaction that derives the
/// batch's status anew, and rings once it is stored.
/// </summary>
/// <remarks>
/// Locks. A claim and the operator's commands lock the batch's row first and never wait for a claimed slice; the end of a
/// claim locks its own slice first and the batch last. So they cannot wait for each other in a ring.
/// </remarks>
internal sealed class SliceLedger(Database database, Bell bell, TimeProvider time)
{
    /// <summary>
    /// A process may hold one slice more than the batch has workers, so that one is stored while the others are
    /// simulated (its turns see to that); not when several processes hold slices, because they cannot see each other's turns.
    /// </summary>
    public const int SparePumps = 1;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Takes a pending slice for that slot, those that no process died of first. Null when there is none, the batch is to
    /// stop, or the slot has one already.
    /// </summary>
    /// <param name="alone">One of those that run alone, or one of the others.</param>
    public async Task<Claim?> TryClaimAsync(Guid batch, int slot, Guid node, bool alone, CancellationToken cancellation)
    {
        var claim = await database.InTransactionAsync(async context =>
        {
            if (!await LockAsync(context, batch, BatchIntent.Run, cancellation) || await ClaimAsync(context, batch, slot, node, alone, cancellation) is not { } claimed)
                return null;
            await SettleAsync(context, batch, cancellation);
            return claimed;
        }, Durability.Soon, cancellation);
        if (claim is not null)
            bell.Ring(batch);
        return claim;
    }

    /// <summary>Whether slices wait for a moment in which nothing else is in work.</summary>
    public async Task<bool> AnyRunsAloneAsync(Guid batch, CancellationToken cancellation)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Set<Slice>().AnyAsync(slice => slice.BatchId == batch && slice.State == SliceState.Pending && slice.Deaths >= Slice.DeathsUntilAlone, cancellation);
    }

    /// <summary>
    /// Stores the results of the claim's first scenarios, all of them or as many as there are; the rest of the slice is
    /// pending again. Doing it twice stores it once.
    /// </summary>
    /// <returns>False when the claim was lost meanwhile: nothing was stored, because somebody else has the slice.</returns>
    public async Task<bool> EndAsync(Claim claim, IReadOnlyList<FoundResult> results, byte[]? series, double workSeconds)
    {
        var (stored, _) = await EndAsync(claim, results, series, workSeconds, null);
        return stored;
    }

    /// <summary>The same, and in the same transaction the claim of a slot's next slice, which is none of those that run alone.</summary>
    /// <param name="next">Null: no further claim.</param>
    public async Task<(bool Stored, Claim? Next)> EndAsync(Claim claim, IReadOnlyList<FoundResult> results, byte[]? series, double workSeconds, (int Slot, Guid Node)? next)
    {
        var end = await database.InTransactionAsync<(bool Stored, Claim? Next)>(async context =>
        {
            if (await StoreAsync(context, claim, results, series, workSeconds) is { } answer)
                return (answer, null);
            var runs = next is not null && await LockAsync(context, claim.BatchId, BatchIntent.Run, CancellationToken.None);
            if (!runs)
                await LockAsync(context, claim.BatchId);
            var claimed = runs ? await ClaimAsync(context, claim.BatchId, next!.Value.Slot, next.Value.Node, alone: false, CancellationToken.None) : null;
            await SettleAsync(context, claim.BatchId, CancellationToken.None, results);
            return (true, claimed);
        }, Durability.Soon); // a slice that a power cut takes back is simulated again, with the same results
        if (end.Stored)
            bell.Ring(claim.BatchId);
        return end;
    }

    /// <summary>
    /// Takes a claim away from a process that ended, or that nobody can see. The slice is pending again, or its scenarios
    /// run alone from now on, or it is failed; see <see cref="Slice.DeathsUntilAlone"/>.
    /// </summary>
    /// <param name="isDeath">The process ended. One that is frozen or cut off was not killed by its scenarios.</param>
    /// <param name="fail">Makes the result of a scenario that killed its process too often.</param>
    public async Task ReapAsync(Claim claim, bool isDeath, Func<Claim, string, Task<FoundResult>> fail)
    {
        var deaths = claim.Deaths + (isDeath ? 1 : 0);
        if (isDeath && deaths >= Slice.DeathsUntilFailed)
        {
            var failed = await fail(claim, $"The process ended {deaths} times while it simulated this scenario, the last {Slice.DeathsUntilFailed - Slice.DeathsUntilAlone} times with nothing else in work.");
            await EndAsync(claim, [failed], null, 0);
            return;
        }

        await database.InTransactionAsync(async context =>
        {
            var splits = deaths >= Slice.DeathsUntilAlone && claim.Count > 1;
            var count = splits ? 1 : claim.Count;
            var reaped = await Held(context, claim).ExecuteUpdateAsync(set => set
                .SetProperty(slice => slice.State, SliceState.Pending).SetProperty(slice => slice.Token, (Guid?)null)
                .SetProperty(slice => slice.NodeId, (Guid?)null).SetProperty(slice => slice.Slot, (int?)null)
                .SetProperty(slice => slice.Deaths, deaths).SetProperty(slice => slice.Count, count));
            if (reaped == 0)
                return false;
            for (var position = claim.FirstPosition + 1; splits && position < claim.FirstPosition + claim.Count; position++)
                context.Add(new Slice { BatchId = claim.BatchId, FirstPosition = position, Count = 1, Deaths = deaths });
            await context.SaveChangesAsync();
            await LockAsync(context, claim.BatchId);
            await SettleAsync(context, claim.BatchId, CancellationToken.None);
            return true;
        });
        bell.Ring(claim.BatchId);
    }

    /// <summary>The claims of a node, or of all.</summary>
    public async Task<IReadOnlyList<(Claim Claim, Guid Node)>> ClaimsAsync(CancellationToken cancellation)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        context.Database.SetCommandTimeout(Node.LongestAnswer);
        var claimed = await context.Set<Slice>().Where(slice => slice.State == SliceState.Claimed).ToListAsync(cancellation);
        return [.. claimed.Select(slice => (new Claim(slice.BatchId, slice.FirstPosition, slice.Count, slice.Token!.Value, slice.Deaths), slice.NodeId!.Value))];
    }

    /// <summary>Changes the operator's intent.</summary>
    /// <returns>False when the batch's status does not allow it; nothing was changed.</returns>
    public async Task<bool> IntendAsync(Guid batch, BatchIntent intent, Func<BatchStatus, bool> isLegal, CancellationToken cancellation)
    {
        var changed = await database.InTransactionAsync(async context =>
        {
            await LockAsync(context, batch);
            if (await StatusAsync(context, batch, cancellation) is not { } status || !isLegal(status))
                return false;
            await Row(context, batch).ExecuteUpdateAsync(set => set.SetProperty(row => row.Intent, intent), cancellation);
            await SettleAsync(context, batch, cancellation);
            return true;
        }, cancellation);
        bell.Ring(batch);
        return changed;
    }

    /// <summary>Takes failed results away, so that their scenarios are waiting again.</summary>
    /// <param name="only">At these positions; what has not failed there is left alone. Null: all.</param>
    /// <returns>How many.</returns>
    public async Task<int> RetryAsync(Guid batch, IReadOnlyCollection<int>? only, CancellationToken cancellation)
    {
        var retried = await database.InTransactionAsync(async context =>
        {
            await LockAsync(context, batch);
            var failures = context.Set<BacktestResult>().Where(result => result.BatchId == batch && result.Status == ResultStatus.Failed && (only == null || only.Contains(result.Position)));
            var positions = await failures.OrderBy(result => result.Position).Select(result => result.Position).ToListAsync(cancellation);
            if (positions.Count == 0)
                return 0;
            await failures.ExecuteDeleteAsync(cancellation);
            await context.Set<ResultFigures>().Where(figures => figures.BatchId == batch && figures.Status == ResultStatus.Failed && (only == null || only.Contains(figures.Position))).ExecuteDeleteAsync(cancellation);
            await RecutAsync(context, batch, positions, cancellation);
            await Row(context, batch).ExecuteUpdateAsync(set => set.SetProperty(row => row.Intent, BatchIntent.Run), cancellation);
            await SettleAsync(context, batch, cancellation);
            return positions.Count;
        }, cancellation);
        bell.Ring(batch);
        return retried;
    }

    /// <returns>False when it is being worked on.</returns>
    public async Task<bool> DeleteAsync(Guid batch, CancellationToken cancellation)
    {
        var deleted = await database.InTransactionAsync(async context =>
        {
            await LockAsync(context, batch);
            if (await context.Set<Slice>().AnyAsync(slice => slice.BatchId == batch && slice.State == SliceState.Claimed, cancellation)
                || await StatusAsync(context, batch, cancellation) is null or BatchStatus.Pending or BatchStatus.Running)
            {
                return false;
            }

            await context.Set<Notification>().Where(notification => notification.BatchId == batch).ExecuteDeleteAsync(cancellation); // they would lead nowhere
            await Row(context, batch).ExecuteDeleteAsync(cancellation); // the rest goes with it
            return true;
        }, cancellation);
        bell.Ring(batch);
        return deleted;
    }

    /// <summary>The batch is locked.</summary>
    private static async Task<Claim?> ClaimAsync(WallTrackDbContext context, Guid batch, int slot, Guid node, bool alone, CancellationToken cancellation)
    {
        var claimed = await context.Set<Slice>().Where(slice => slice.BatchId == batch && slice.State == SliceState.Claimed)
            .Select(slice => new { slice.Slot, slice.NodeId }).ToListAsync(cancellation);
        var workers = await Row(context, batch).Select(row => row.MaxWorkers).SingleAsync(cancellation);
        if (claimed.Exists(held => held.Slot == slot) || claimed.Count >= workers + (claimed.Exists(held => held.NodeId != node) ? 0 : SparePumps))
            return null;
        var next = await context.Set<Slice>()
            .Where(slice => slice.BatchId == batch && slice.State == SliceState.Pending && slice.Deaths >= Slice.DeathsUntilAlone == alone)
            .OrderBy(slice => slice.Deaths).ThenBy(slice => slice.FirstPosition)
            .FirstOrDefaultAsync(cancellation);
        if (next is null)
            return null;
        var claim = new Claim(batch, next.FirstPosition, next.Count, Guid.NewGuid(), next.Deaths);
        await context.Set<Slice>()
            .Where(slice => slice.BatchId == batch && slice.FirstPosition == next.FirstPosition)
            .ExecuteUpdateAsync(set => set
                .SetProperty(slice => slice.State, SliceState.Claimed).SetProperty(slice => slice.Token, claim.Token)
                .SetProperty(slice => slice.NodeId, node).SetProperty(slice => slice.Slot, slot), cancellation);
        return claim;
    }

    /// <returns>Null when it was stored now; else whether it had been stored before.</returns>
    private static async Task<bool?> StoreAsync(WallTrackDbContext context, Claim claim, IReadOnlyList<FoundResult> results, byte[]? series, double workSeconds)
    {
        var failed = results.Count(found => found.Metrics is null);
        var (state, token) = results.Count == 0 ? (SliceState.Pending, (Guid?)null) : (SliceState.Done, claim.Token);
        var count = results.Count == 0 ? claim.Count : results.Count;
        var ended = await Held(context, claim).ExecuteUpdateAsync(set => set
            .SetProperty(slice => slice.State, state).SetProperty(slice => slice.Token, token)
            .SetProperty(slice => slice.NodeId, (Guid?)null).SetProperty(slice => slice.Slot, (int?)null)
            .SetProperty(slice => slice.Count, count).SetProperty(slice => slice.WorkSeconds, workSeconds)
            .SetProperty(slice => slice.Completed, results.Count - failed).SetProperty(slice => slice.Failed, failed));
        if (ended == 0)
        {
            // Refused, unless this is the second try of a transaction whose first went through without our hearing of it.
            return await context.Set<Slice>().AnyAsync(slice => slice.BatchId == claim.BatchId && slice.FirstPosition == claim.FirstPosition && slice.State == SliceState.Done && slice.Token == claim.Token);
        }

        if (results.Count > 0 && results.Count < claim.Count)
        {
            context.Add(new Slice { BatchId = claim.BatchId, FirstPosition = claim.FirstPosition + results.Count, Count = claim.Count - results.Count, Deaths = claim.Deaths });
            await context.SaveChangesAsync();
        }

        if (series is not null)
            await BulkInsert.RowsAsync(context, StoredSeries.Mapping.Table, StoredSeries.Mapping.Columns, [[claim.Token, claim.BatchId, series]], CancellationToken.None);
        await BulkInsert.RowsAsync(context, BacktestResult.Mapping.Table, BacktestResult.Mapping.Columns, results.Select(found => BacktestResult.Mapping.Row(found.Result)), CancellationToken.None);
        await BulkInsert.RowsAsync(context, ResultFigures.Mapping.Table, ResultFigures.Mapping.Columns, results.Select(found => ResultFigures.Mapping.Row(found.Result, found.Metrics)), CancellationToken.None);
        return null;
    }

    /// <summary>The slice, while the claim holds.</summary>
    private static IQueryable<Slice> Held(WallTrackDbContext context, Claim claim) => context.Set<Slice>().Where(slice =>
        slice.BatchId == claim.BatchId && slice.FirstPosition == claim.FirstPosition && slice.State == SliceState.Claimed && slice.Token == claim.Token);

    private static IQueryable<Batch> Row(WallTrackDbContext context, Guid batch) => context.Set<Batch>().Where(row => row.Id == batch);

    /// <summary>Null when there is no such batch.</summary>
    private static Task<BatchStatus?> StatusAsync(WallTrackDbContext context, Guid batch, CancellationToken cancellation) =>
        Row(context, batch).Select(row => (BatchStatus?)row.Status).SingleOrDefaultAsync(cancellation);

    /// <summary>Until the end of the transaction nobody else settles this batch.</summary>
    private static Task<int> LockAsync(WallTrackDbContext context, Guid batch) =>
        Row(context, batch).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1));

    private static async Task<bool> LockAsync(WallTrackDbContext context, Guid batch, BatchIntent when, CancellationToken cancellation) =>
        await Row(context, batch).Where(row => row.Intent == when).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), cancellation) == 1;

    /// <summary>Slices of one for those positions, and slices that are done for what lies between them.</summary>
    private static async Task RecutAsync(WallTrackDbContext context, Guid batch, List<int> positions, CancellationToken cancellation)
    {
        var slices = (await context.Set<Slice>().Where(slice => slice.BatchId == batch && slice.Failed > 0).ToListAsync(cancellation))
            .FindAll(slice => positions.Exists(position => position >= slice.FirstPosition && position < slice.FirstPosition + slice.Count));
        var firsts = slices.ConvertAll(slice => slice.FirstPosition);
        var stillFailed = await context.Set<ResultFigures>().Where(figures => figures.BatchId == batch && figures.Status == ResultStatus.Failed).Select(figures => figures.Position).ToListAsync(cancellation);
        await context.Set<Slice>().Where(slice => slice.BatchId == batch && firsts.Contains(slice.FirstPosition)).ExecuteDeleteAsync(cancellation);
        foreach (var slice in slices)
        {
            var (at, work, end) = (slice.FirstPosition, slice.WorkSeconds, slice.FirstPosition + slice.Count);
            void AddDone(int until)
            {
                var failed = stillFailed.Count(position => position >= at && position < until);
                if (until > at)
                    context.Add(new Slice { BatchId = batch, FirstPosition = at, Count = until - at, State = SliceState.Done, Token = slice.Token, Completed = until - at - failed, Failed = failed, WorkSeconds = work });
                (at, work) = (until, until > at ? 0 : work);
            }

            foreach (var position in positions.Where(position => position >= slice.FirstPosition && position < end))
            {
                AddDone(position);
                context.Add(new Slice { BatchId = batch, FirstPosition = position, Count = 1 });
                at = position + 1;
            }

            AddDone(end);
        }

        await context.SaveChangesAsync(cancellation);
    }

    /// <summary>Counts, status and what follows from a change of status, from the slices as they now are. The batch is locked.</summary>
    /// <param name="fresh">Results that have just come; one of them may be the best so far.</param>
    private async Task SettleAsync(WallTrackDbContext context, Guid batch, CancellationToken cancellation, IReadOnlyList<FoundResult>? fresh = null)
    {
        var before = await Row(context, batch)
            .Select(row => new { row.Name, row.Intent, row.Status, row.Total, row.RunningSince, row.RanSeconds, row.StartedAt, row.BestPosition, row.BestName, row.BestPnlSol })
            .SingleOrDefaultAsync(cancellation);
        if (before is null)
            return;
        var sums = await context.Set<Slice>().Where(slice => slice.BatchId == batch).GroupBy(slice => 1).Select(slices => new
        {
            Completed = slices.Sum(slice => slice.Completed),
            Failed = slices.Sum(slice => slice.Failed),
            Claimed = slices.Count(slice => slice.State == SliceState.Claimed),
            Work = slices.Sum(slice => slice.WorkSeconds),
        }).SingleAsync(cancellation);
        var counts = new BatchCounts(before.Total, sums.Completed, sums.Failed, sums.Claimed);
        var status = counts.StatusUnder(before.Intent);

        var (now, since, ran) = (Now, before.RunningSince, before.RanSeconds);
        if (status == BatchStatus.Running)
        {
            since ??= now;
        }
        else if (since is { } began)
        {
            ran += Math.Max(0, (now - began).TotalSeconds); // a clock may have been set back
            since = null;
        }

        var (position, name, pnl) = (before.BestPosition, before.BestName, before.BestPnlSol);
        foreach (var found in fresh ?? [])
        {
            if (found.Metrics is { } metrics && !(metrics.TotalPnlSol <= pnl))
                (position, name, pnl) = (found.Result.Position, found.Result.ScenarioName, metrics.TotalPnlSol);
        }

        var isOver = status is BatchStatus.Completed or BatchStatus.Failed;
        var summary = isOver ? await BatchSummary.OfAsync(context, batch, counts, ran, cancellation) : null;
        await Row(context, batch).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Status, status)
            .SetProperty(row => row.Completed, counts.Completed).SetProperty(row => row.Failed, counts.Failed).SetProperty(row => row.Claimed, counts.Claimed)
            .SetProperty(row => row.WorkSeconds, sums.Work).SetProperty(row => row.RanSeconds, ran).SetProperty(row => row.RunningSince, since)
            .SetProperty(row => row.StartedAt, before.StartedAt ?? since)
            .SetProperty(row => row.BestPosition, position).SetProperty(row => row.BestName, name).SetProperty(row => row.BestPnlSol, pnl)
            .SetProperty(row => row.CompletedAt, isOver ? now : (DateTime?)null)
            .SetProperty(row => row.Summary, summary?.ToJson()), cancellation);
        if (isOver && before.Status != status)
        {
            var notice = BatchEnd.Notification(batch, before.Name, status, counts, summary!, now);
            await BulkInsert.RowsAsync(context, Notification.Mapping.Table, Notification.Mapping.Columns, [Notification.Mapping.Row(notice)], cancellation);
        }
    }
}
