using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Quartz;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>How a process takes part in the work.</summary>
public sealed record BatchOptions
{
    public NodeRole Role { get; init; } = NodeRole.Server;

    /// <summary>Scenarios simulated at once, over all batches; no more than there are cores is of use.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>By which operators know this process.</summary>
    public string NodeName { get; init; } = Environment.MachineName;

    internal string EngineVersion { get; init; } = Simulator.EngineVersion;

    /// <summary>Whether this process also goes on with batches that others have started and left.</summary>
    internal bool AdoptsOthers => Role != NodeRole.Verb;
}

public static class BatchServices
{
    // In memory pumps are many and mostly wait; how many simulate at once is Turns' affair.
    private const int MostPumps = 4_096;

    // Pumps have eight seconds to store what they hold.
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(12);

    /// <summary>All of the core: storage, history, scenarios, and the runner of batches with the engine behind it.</summary>
    public static IServiceCollection AddWallTrack(this IServiceCollection services, Database database, BatchOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddWallTrackStorage(database).AddWallTrackHistory().AddWallTrackScenarios().AddBatches(database, options ?? new());
    }

    private static IServiceCollection AddBatches(this IServiceCollection services, Database database, BatchOptions options)
    {
        var clock = new DatabaseClock();
        services.AddSingleton(options).AddSingleton(clock).AddSingleton<Bell>().AddHostedService<BellRelay>();
        services.AddSingleton<SliceLedger>().AddSingleton<BatchWorks>().AddSingleton<Troubles>().AddSingleton<Node>().AddSingleton<NodeLoadMeter>();
        services.AddSingleton<Neighbours>(provider => new(provider.GetRequiredService<Database>(), provider.GetRequiredService<Node>(), clock, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new Turns(options.Cores)).AddSingleton<Pump>().AddSingleton<Simulate>((worker, scenario, stop) => worker.Run(scenario, stop)).AddSingleton<WorkSharing>().AddSingleton<BatchFeed>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PumpSchedule>(provider, provider.GetRequiredKeyedService<ISchedulerFactory>(PumpSchedule.NameOf(options))));
        services.AddSingleton<BatchResults>(provider => new(provider.GetRequiredService<Database>(), provider.GetRequiredService<HistoryLibrary>(), provider.GetRequiredService<BatchWorks>()));
        services.AddSingleton<BatchExport>(provider => new(provider.GetRequiredService<Database>(), provider.GetRequiredService<BatchResults>(), provider.GetRequiredService<BatchFeed>()));
        services.AddTransient<PumpJob>();
        services.AddScoped<BatchRunner>(provider => new(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<HistoryLibrary>(), provider.GetRequiredService<ScenarioCatalogue>(),
            provider.GetRequiredService<SliceLedger>(), provider.GetRequiredService<BatchWorks>(), provider.GetRequiredService<PumpSchedule>(),
            provider.GetRequiredService<BatchFeed>(), provider.GetRequiredService<Node>(), provider.GetRequiredService<Neighbours>(), provider.GetRequiredService<Bell>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<BatchKeeper>().Configure<HostOptions>(host => host.ShutdownTimeout = PatienceAtTheEnd);
        var shares = database.IsShared && options.AdoptsOthers; // a verb's jobs are its own
        services.AddQuartz(PumpSchedule.NameOf(options), quartz =>
        {
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = shares ? options.Cores + SliceLedger.SparePumps : MostPumps);
            quartz.UseTimeProvider(clock); // only a scheduler with a name has a clock of its own
            if (shares)
                database.KeepJobs(quartz);
            else
                quartz.UseInMemoryStore();
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }
}
