using Microsoft.Extensions.Logging;
using Quartz;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// The pumps as Quartz jobs: one for each worker slot of each batch, never two for the same. Where the database is
/// shared, its machines share the jobs too, and each takes as many as it has cores for.
/// </summary>
internal sealed class PumpSchedule(ISchedulerFactory schedulers, Database database, Node node, BatchOptions options, DatabaseClock clock, ILogger<PumpSchedule> log)
{
    // A verb's pumps are its own jobs: they must not wait for the slots that the shared jobs of its batch work in.
    private const int SlotsOfVerbs = 1_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<CancellationTokenSource>> _here = [];
    private readonly int _firstSlot = options.Role == NodeRole.Verb ? SlotsOfVerbs : 0;
    private HashSet<JobKey> _suspects = [];

    /// <summary>Of the scheduler: those of one name share jobs, and engines do not.</summary>
    public static string NameOf(BatchOptions options) => $"WallTrack, engine {options.EngineVersion}";

    /// <summary>Pumps that a batch may have, when several share the machines; those of higher slots step back.</summary>
    public int Share { get; set; } = int.MaxValue;

    /// <summary>How long a pump works before it goes to the end of the queue; endless unless more batches wait than there are places.</summary>
    public TimeSpan Stint { get; set; } = TimeSpan.MaxValue;

    /// <summary>
    /// Starts those pumps of a batch that are not there: one a worker and a spare one, no more than there are slices or
    /// scenarios left for, nor than its share. When the database is away it leaves that to the keeper's next round.
    /// </summary>
    public async Task EnsureAsync(Guid batch, int workers, int left, CancellationToken cancellation)
    {
        try
        {
            var slots = Math.Min(Math.Min(workers + SliceLedger.SparePumps, left), Share);
            var scheduler = await SchedulerAsync(cancellation);
            var known = await scheduler.QueryJobs(new() { Group = GroupMatcher<JobKey>.GroupEquals(GroupOf(batch)), Take = PagedQuery.All }, cancellation);
            var missing = Enumerable.Range(_firstSlot, slots).Select(slot => KeyOf(batch, slot)).Except(known.Items.Select(job => job.Key)).ToList();
            if (missing.Count > 0)
                await scheduler.ScheduleJobs(missing.ToDictionary(key => JobOf(batch, key), IReadOnlyCollection<ITrigger> (key) => [TriggerBuilder.Create(clock).ForJob(key).StartNow().Build()]), cancellationToken: cancellation);
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

    /// <summary>The same for a batch just started or resumed: as many as this process has places for, if others share the work; the keeper's next round adds theirs.</summary>
    public Task BeginAsync(Guid batch, int workers, int left) => EnsureAsync(batch, workers, database.IsShared ? Math.Min(left, node.Places) : left, CancellationToken.None);

    /// <summary>
    /// Takes away shared jobs that nothing will ever start again: no trigger of theirs waits, and none is at work. A
    /// machine that went away at the wrong moment, or one that could not read a job, leaves such. What is seen so in two
    /// rounds goes, and the next round starts it anew.
    /// </summary>
    public async Task HealAsync(CancellationToken cancellation)
    {
        var scheduler = await SchedulerAsync(cancellation);
        var jobs = await scheduler.QueryJobs(new() { Take = PagedQuery.All }, cancellation);
        var triggers = await scheduler.QueryTriggers(new() { Take = PagedQuery.All }, cancellation);
        var firing = await scheduler.QueryFireInstances(new() { State = null, Take = PagedQuery.All }, cancellation);
        var alive = triggers.Items.Where(trigger => trigger.State is TriggerState.Normal or TriggerState.Blocked).Select(trigger => trigger.JobKey)
            .Concat(firing.Items.Select(firing => firing.JobKey)).OfType<JobKey>().ToHashSet();
        var dead = jobs.Items.Select(job => job.Key).Where(key => !alive.Contains(key)).ToHashSet();
        foreach (var key in dead.Where(_suspects.Contains))
        {
            log.LogWarning("The job of {Batch}, worker {Slot}, waits for nothing; it is made anew", key.Group, key.Name);
            await scheduler.DeleteJob(key, cancellation);
        }

        _suspects = dead;
    }

    /// <summary>Tells the batch's pumps in this process to stop.</summary>
    public void Interrupt(Guid batch)
    {
        CancellationTokenSource[] pumps;
        lock (_lock)
            pumps = [.. _here.GetValueOrDefault(batch) ?? []];
        foreach (var pump in pumps)
        {
            try
            {
                pump.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended meanwhile.
            }
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

    private ValueTask<IScheduler> SchedulerAsync(CancellationToken cancellation) => schedulers.GetRequiredScheduler(NameOf(options), cancellation);

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

internal sealed class PumpJob(Pump pump, PumpSchedule pumps, Node node, DatabaseClock clock, TimeProvider time) : IJob
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
        var hasMore = await pump.RunAsync(batch, slot, () => slot >= pumps.Share || time.GetElapsedTime(began) > pumps.Stint, stop.Token);
        if (hasMore && slot < pumps.Share) // back to the end of the queue
            await context.Scheduler.ScheduleJob(TriggerBuilder.Create(clock).ForJob(context.JobDetail.Key).StartNow().Build(), cancellationToken: CancellationToken.None);
    }
}
