using Microsoft.Extensions.Logging;
using Quartz;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// The pumps as Quartz jobs: one for each worker slot of each batch, never two for the same. Where the database is
/// shared, its machines share the jobs too, and each takes as many as it has cores for.
/// </summary>
internal sealed class PumpSchedule(ISchedulerFactory schedulers, Database database, ILogger<PumpSchedule> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<CancellationTokenSource>> _here = [];

    /// <summary>Whether pumps of other batches wait for one of these to step back.</summary>
    public bool IsCrowded { get; set; }

    /// <summary>Starts those of the first slots that are not there. When the database is away it leaves that to the keeper's next round.</summary>
    public async Task EnsureAsync(Guid batch, int slots, CancellationToken cancellation = default)
    {
        try
        {
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

    // Long beside the 15 ms that a change of jobs costs, short beside an operator's patience for a batch just started.
    private static readonly TimeSpan Stint = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var batch = Guid.Parse(context.MergedJobDataMap.GetString(Batch)!);
        var slot = int.Parse(context.MergedJobDataMap.GetString(Slot)!, null);
        var began = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, node.Ending);
        using var entered = pumps.Enter(batch, stop);
        var hasMore = await pump.RunAsync(batch, slot, () => pumps.IsCrowded && time.GetElapsedTime(began) > Stint, stop.Token);
        if (hasMore) // back to the end of the queue
            await context.Scheduler.ScheduleJob(TriggerBuilder.Create().ForJob(context.JobDetail.Key).StartNow().Build(), cancellationToken: CancellationToken.None);
    }
}
