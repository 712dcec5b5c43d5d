using Microsoft.Extensions.Logging;
using Quartz;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// The pumps as Quartz jobs: one for each worker slot of each batch, never two for the same. Where the database is
/// shared, its machines share the jobs too, and each takes as many as it has cores for.
/// </summary>
internal sealed class PumpSchedule(ISchedulerFactory schedulers, Database database, Node node, Neighbours neighbours, ILogger<PumpSchedule> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<CancellationTokenSource>> _here = [];

    /// <summary>How long a pump works before it lets those of other batches have its place; endless while none waits.</summary>
    public TimeSpan Stint { get; set; } = TimeSpan.MaxValue;

    /// <summary>
    /// Starts those pumps of a batch that are not there: one a worker and a spare one, no more than there are slices or
    /// scenarios left for, nor than all machines together have places for, so that none stands in the way of another
    /// batch's. When the database is away it leaves that to the keeper's next round.
    /// </summary>
    public async Task EnsureAsync(Guid batch, int workers, int left, CancellationToken cancellation = default)
    {
        try
        {
            var slots = Math.Min(Math.Min(workers + SliceLedger.SparePumps, left), database.IsShared ? neighbours.Places(node.EngineVersion) : int.MaxValue);
            var scheduler = await schedulers.GetScheduler(cancellation);
            var known = await scheduler.QueryJobs(new() { Group = GroupMatcher<JobKey>.GroupEquals(GroupOf(batch)), Take = PagedQuery.All }, cancellation);
            var missing = Enumerable.Range(0, slots).Select(slot => KeyOf(batch, slot)).Except(known.Items.Select(job => job.Key)).ToList();
            if (missing.Count > 0)
                await scheduler.ScheduleJobs(missing.ToDictionary(key => JobOf(batch, key), IReadOnlyCollection<ITrigger> (key) => [TriggerBuilder.Create().ForJob(key).StartNow().Build()]), cancellationToken: cancellation);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Somebody was quicker with one of them; the others come with the next round.
        }
        catch (Exception failure) when (database.IsPassing(failure))
        {
            log.LogWarning("Batch {Batch}: its workers could not be scheduled yet: {Failure}", batch, failure.Message);
        }
    }

    /// <summary>Tells the batch's pumps in this process to stop.</summary>
    public void Interrupt(Guid batch)
    {
        lock (_lock)
        {
            foreach (var pump in _here.GetValueOrDefault(batch) ?? [])
                pump.Cancel();
        }
    }

    /// <summary>Makes a pump of this process one that can be told to stop.</summary>
    public IDisposable Enter(Guid batch, CancellationTokenSource stop)
    {
        lock (_lock)
        {
            if (!_here.TryGetValue(batch, out var pumps))
                _here.Add(batch, pumps = []);
            pumps.Add(stop);
        }

        return new Entered(this, batch, stop);
    }

    private void Leave(Guid batch, CancellationTokenSource stop)
    {
        lock (_lock)
        {
            if (_here.TryGetValue(batch, out var pumps) && pumps.Remove(stop) && pumps.Count == 0)
                _here.Remove(batch);
        }
    }

    private static string GroupOf(Guid batch) => $"batch {batch}";

    private static JobKey KeyOf(Guid batch, int slot) => new($"{slot}", GroupOf(batch));

    private static IJobDetail JobOf(Guid batch, JobKey key) =>
        JobBuilder.Create<PumpJob>().WithIdentity(key).UsingJobData(PumpJob.Batch, batch.ToString()).UsingJobData(PumpJob.Slot, key.Name).RequestRecovery().Build();

    private sealed class Entered(PumpSchedule pumps, Guid batch, CancellationTokenSource stop) : IDisposable
    {
        public void Dispose() => pumps.Leave(batch, stop);
    }
}

[DisallowConcurrentExecution]
internal sealed class PumpJob(Pump pump, PumpSchedule pumps, Node node, TimeProvider time) : IJob
{
    public const string Batch = "batch";
    public const string Slot = "slot";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var batch = Guid.Parse(context.MergedJobDataMap.GetString(Batch)!);
        var slot = int.Parse(context.MergedJobDataMap.GetString(Slot)!, null);
        var began = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, node.Ending);
        using var entered = pumps.Enter(batch, stop);
        var hasMore = await pump.RunAsync(batch, slot, () => time.GetElapsedTime(began) > pumps.Stint, stop.Token);
        if (hasMore) // back to the end of the queue
            await context.Scheduler.ScheduleJob(TriggerBuilder.Create().ForJob(context.JobDetail.Key).StartNow().Build(), cancellationToken: CancellationToken.None);
    }
}
