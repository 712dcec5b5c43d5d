using Microsoft.EntityFrameworkCore;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>All rows of a batch.</summary>
internal sealed record StoredBatch(
    Batch? Batch, IReadOnlyList<Slice> Slices, IReadOnlyList<BacktestResult> Results, IReadOnlyList<ResultFigures> Figures, IReadOnlyList<Guid> Series, int Notifications)
{
    public static async Task<StoredBatch> ReadAsync(Database database, Guid batch)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return new(
            await context.Set<Batch>().SingleOrDefaultAsync(row => row.Id == batch),
            await context.Set<Slice>().Where(row => row.BatchId == batch).OrderBy(row => row.FirstPosition).ToListAsync(),
            await context.Set<BacktestResult>().Where(row => row.BatchId == batch).OrderBy(row => row.Position).ToListAsync(),
            await context.Set<ResultFigures>().Where(row => row.BatchId == batch).OrderBy(row => row.Position).ToListAsync(),
            await context.Set<StoredSeries>().Where(row => row.BatchId == batch).Select(row => row.Id).ToListAsync(),
            await context.Set<Notification>().CountAsync(row => row.BatchId == batch));
    }
}

/// <summary>What must be true of the rows of a batch at any moment at which nobody writes, and from one moment to the next.</summary>
internal sealed class BatchPropertyChecks(Database database, BatchRunner runner, BatchPropertyTally tally)
{
    private readonly Dictionary<Guid, StoredBatch> _latest = [];
    private readonly HashSet<Guid> _retried = [];

    public void Started(Guid batch) => _latest[batch] = new(null, [], [], [], [], 0);

    /// <summary>A batch may have been completed and its failed scenarios be waiting again within one step.</summary>
    public void Retried(Guid batch, int count)
    {
        if (count > 0)
            _retried.Add(batch);
    }

    public Task<StoredBatch> StateAsync(Guid batch) => StoredBatch.ReadAsync(database, batch);

    public async Task<string> TextAsync(Guid batch)
    {
        var state = await StateAsync(batch);
        return string.Join('\n',
        [
            $"{state.Batch!.Status} {state.Batch.Completed} {state.Batch.Failed} {state.Batch.Claimed} {state.Batch.WorkSeconds} {state.Notifications} {state.Batch.BestPosition}",
            .. state.Slices.Select(slice => $"{slice.FirstPosition}+{slice.Count} {slice.State} {slice.Token} {slice.Deaths} {slice.Completed} {slice.Failed}"),
            .. state.Results.Select(result => $"{result.Position} {result.Id}"),
            .. state.Series.Order().Select(series => $"{series}"),
        ]);
    }

    public async Task CheckGoneAsync(Guid batch)
    {
        var state = await StateAsync(batch);
        Assert.Equal((null, 0, 0, 0, 0, 0), (state.Batch, state.Slices.Count, state.Results.Count, state.Figures.Count, state.Series.Count, state.Notifications));
    }

    public async Task CheckAsync(IEnumerable<Guid> batches)
    {
        foreach (var id in batches)
        {
            var state = await StateAsync(id);
            CheckSlices(state);
            CheckResults(state);
            CheckCounts(state);
            CheckEnd(state);
            CheckChange(_latest[id], state, _retried.Remove(id));
            CheckSnapshot((await runner.GetAsync(id))!, state.Batch!);
            _latest[id] = state;
        }
    }

    private static void CheckSlices(StoredBatch state)
    {
        var next = 0;
        foreach (var slice in state.Slices)
        {
            Assert.True(slice.FirstPosition == next && slice.Count > 0, $"the slices have a gap or an overlap at {next}");
            Assert.True(slice.State == SliceState.Claimed == (slice.NodeId is not null && slice.Slot is not null), $"the slice at {next} is {slice.State}, its slot {slice.Slot}");
            Assert.True(slice.State == SliceState.Pending == slice.Token is null, $"the slice at {next} is {slice.State} with token {slice.Token}");
            Assert.True(slice.Deaths < Slice.DeathsUntilFailed, $"the slice at {next} has {slice.Deaths} deaths");
            Assert.True(slice.Deaths < Slice.DeathsUntilAlone || slice.Count == 1, $"the slice at {next} has {slice.Deaths} deaths and {slice.Count} scenarios");
            next += slice.Count;
        }

        Assert.Equal(state.Batch!.Total, next);
    }

    private static void CheckResults(StoredBatch state)
    {
        var done = state.Slices.Where(slice => slice.State == SliceState.Done).SelectMany(slice => Enumerable.Range(slice.FirstPosition, slice.Count));
        Assert.Equal(done, state.Results.Select(result => result.Position));
        Assert.Equal(state.Results.Select(result => (result.Position, result.Id, result.Status, result.ScenarioName)), state.Figures.Select(row => (row.Position, row.ResultId, row.Status, row.ScenarioName)));
        Assert.All(state.Results, result => Assert.True(
            result.Status == ResultStatus.Failed ? !string.IsNullOrEmpty(result.Error) && result.Metrics is null : result.Error is null && result.Metrics is not null, $"the result at {result.Position} has no reason, or figures besides one"));
        Assert.All(state.Results.Zip(state.Figures).Where(pair => pair.First.Metrics is not null), pair => Assert.Equal(StoredMetrics.Of(pair.First)!.TotalPnlSol, pair.Second.Of(Metric.TotalPnl)));
        Assert.Equal(state.Results.Where(result => result.SeriesId is not null).Select(result => result.SeriesId!.Value).Distinct().Order(), state.Series.Order());
    }

    private static void CheckCounts(StoredBatch state)
    {
        var batch = state.Batch!;
        var byResults = (state.Results.Count(result => result.Status == ResultStatus.Completed), state.Results.Count(result => result.Status == ResultStatus.Failed));
        Assert.Equal(byResults, (batch.Completed, batch.Failed));
        Assert.Equal(byResults, (state.Slices.Sum(slice => slice.Completed), state.Slices.Sum(slice => slice.Failed)));
        Assert.Equal(state.Slices.Count(slice => slice.State == SliceState.Claimed), batch.Claimed);
        Assert.Equal(state.Slices.Sum(slice => slice.WorkSeconds), batch.WorkSeconds, 1e-9);
        Assert.Equal(batch.Counts.StatusUnder(batch.Intent), batch.Status);
        Assert.Equal(state.Figures.Max(row => row.Of(Metric.TotalPnl)), batch.BestPnlSol);
        if (batch.BestPosition is { } best)
            Assert.Equal(batch.BestPnlSol, state.Figures.Single(row => row.Position == best).Of(Metric.TotalPnl));
    }

    private static void CheckEnd(StoredBatch state)
    {
        var batch = state.Batch!;
        var isOver = batch.Status is BatchStatus.Completed or BatchStatus.Failed;
        Assert.Equal(isOver, batch.CompletedAt is not null);
        Assert.Equal(batch.Status == BatchStatus.Running, batch.RunningSince is not null);
        Assert.True(batch.RanSeconds >= 0, "it ran for a negative time");
        var summary = BatchSummary.FromJson(batch.Summary);
        Assert.Equal(isOver, summary is not null);
        if (summary is not null)
            Assert.Equal((batch.Total, batch.Completed, batch.Failed), (summary.Total, summary.Completed, summary.Failed));
    }

    private void CheckChange(StoredBatch before, StoredBatch now, bool wasRetried)
    {
        Assert.True(now.Batch!.Completed >= (before.Batch?.Completed ?? 0), "results were lost");
        Assert.Subset(now.Results.Select(result => result.Id).ToHashSet(), before.Results.Where(result => result.Status == ResultStatus.Completed).Select(result => result.Id).ToHashSet());
        var (wasOver, isOver) = (IsOver(before), IsOver(now));
        var ends = now.Notifications - before.Notifications;
        if (isOver && !wasOver)
            tally.Count("over");
        Assert.True(ends == (isOver && !wasOver ? 1 : 0) || (ends == 1 && wasRetried), $"{ends} notifications were stored while the batch went from {before.Batch?.Status} to {now.Batch.Status}");
    }

    private static bool IsOver(StoredBatch state) => state.Batch?.Status is BatchStatus.Completed or BatchStatus.Failed;

    private static void CheckSnapshot(BatchSnapshot snapshot, Batch batch)
    {
        Assert.Equal(batch.Total, snapshot.Completed + snapshot.Failed + snapshot.Running + snapshot.Pending + snapshot.Cancelled);
        Assert.True(Math.Min(Math.Min(snapshot.Running, snapshot.Pending), snapshot.Cancelled) >= 0, $"negative counts: {snapshot}");
        Assert.True(snapshot.Elapsed >= TimeSpan.Zero && snapshot.Fraction is >= 0 and <= 1, $"{snapshot}");
    }
}
