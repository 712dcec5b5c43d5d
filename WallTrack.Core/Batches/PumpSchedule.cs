using Quartz;

namespace WallTrack.Batches;

/// <summary>The pumps of this process as Quartz jobs: one for each worker slot of each batch, never two for the same.</summary>
internal sealed class PumpSchedule(ISchedulerFactory schedulers)
{
    /// <summary>Starts those of the first slots that are not there.</summary>
    public async Task EnsureAsync(Guid batch, int slots, CancellationToken cancellation = default)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        for (var slot = 0; slot < slots; slot++)
        {
            var key = KeyOf(batch, slot);
            if (await scheduler.Exists(key, cancellation))
                continue;
            var job = JobBuilder.Create<PumpJob>().WithIdentity(key).UsingJobData(PumpJob.Batch, batch.ToString()).UsingJobData(PumpJob.Slot, slot).Build();
            var trigger = TriggerBuilder.Create().ForJob(job).StartNow().Build();
            try
            {
                await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellation);
            }
            catch (ObjectAlreadyExistsException)
            {
                // Somebody was quicker: there is one, as wanted.
            }
        }
    }

    /// <summary>Tells those of the first slots to stop; does nothing for those that are not there.</summary>
    public async Task InterruptAsync(Guid batch, int slots, CancellationToken cancellation = default)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        for (var slot = 0; slot < slots; slot++)
            await scheduler.Interrupt(KeyOf(batch, slot), cancellation);
    }

    private static JobKey KeyOf(Guid batch, int slot) => new($"{slot}", $"batch {batch}");
}

[DisallowConcurrentExecution]
internal sealed class PumpJob(Pump pump, Node node) : IJob
{
    public const string Batch = "batch";
    public const string Slot = "slot";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var data = context.MergedJobDataMap;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, node.Ending);
        await pump.RunAsync(Guid.Parse(data.GetString(Batch)!), data.GetInt(Slot), stop.Token);
    }
}
