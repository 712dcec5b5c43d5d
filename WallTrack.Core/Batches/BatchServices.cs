using Microsoft.Extensions.DependencyInjection;
using Quartz;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Batches;

public static class BatchServices
{
    // Pumps are many and mostly wait; how many simulate at once is Turns' affair.
    private const int MostPumps = 4_096;

    /// <summary>The runner and the engine behind it, over storage, history and scenarios that are registered beside them.</summary>
    public static IServiceCollection AddWallTrackBatches(this IServiceCollection services, BatchOptions? options = null)
    {
        options ??= new();
        services.AddSingleton(options).AddSingleton<Bell>();
        services.AddSingleton<SliceLedger>().AddSingleton<BatchWorks>().AddSingleton<Troubles>().AddSingleton<Node>().AddSingleton<Neighbours>();
        services.AddSingleton(new Turns(options.Cores)).AddSingleton<Pump>().AddSingleton<PumpSchedule>().AddSingleton<BatchFeed>();
        services.AddSingleton<BatchResults>(provider => new(provider.GetRequiredService<Database>(), provider.GetRequiredService<HistoryLibrary>(), provider.GetRequiredService<BatchWorks>()));
        services.AddSingleton<BatchExport>(provider => new(provider.GetRequiredService<Database>(), provider.GetRequiredService<BatchResults>(), provider.GetRequiredService<BatchFeed>()));
        services.AddTransient<PumpJob>();
        services.AddScoped<BatchRunner>(provider => new(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<HistoryLibrary>(), provider.GetRequiredService<ScenarioCatalogue>(),
            provider.GetRequiredService<SliceLedger>(), provider.GetRequiredService<BatchWorks>(), provider.GetRequiredService<PumpSchedule>(),
            provider.GetRequiredService<BatchFeed>(), provider.GetRequiredService<Node>(), provider.GetRequiredService<Bell>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<BatchKeeper>();
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = MostPumps);
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }
}
