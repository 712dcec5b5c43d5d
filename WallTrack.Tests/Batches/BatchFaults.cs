using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>What tests of faults share: a pump with a fault in it, and an undisturbed run to compare with.</summary>
internal static class BatchFaults
{
    /// <summary>For <see cref="BatchHost.StartAsync"/>: scenarios are simulated that way.</summary>
    public static Action<IServiceCollection> Simulating(Simulate simulate) => services => services.AddSingleton(simulate);

    /// <summary>For <see cref="BatchHost.StartAsync"/>: so long passes before each scenario.</summary>
    public static Action<IServiceCollection> Slowly(TimeSpan pause) => Simulating((worker, scenario, stop) =>
    {
        stop.WaitHandle.WaitOne(pause);
        return worker.Run(scenario, stop);
    });

    /// <summary>What a batch finds when nothing disturbs it, in a database of its own.</summary>
    public static async Task<IReadOnlyList<string>> UndisturbedAsync(BatchRequest request, MadeUpHistoryOptions history)
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, null!);
        await test.Importer.ImportMadeUpAsync(history);
        await using var host = await BatchHost.StartAsync(test.Database);
        var batch = await host.Runner.StartAsync(request);
        Assert.Equal(BatchStatus.Completed, (await host.EndOfAsync(batch)).Status);
        return await ResultsAsync(host.Results, batch);
    }

    /// <summary>All that a batch found, bit for bit, without ids and times.</summary>
    public static async Task<IReadOnlyList<string>> ResultsAsync(BatchResults results, Guid batch)
    {
        var texts = new List<string>();
        foreach (var result in await results.AllAsync(batch).ToListAsync())
        {
            var series = result.Metrics is null ? null : (await results.SeriesAsync(result)).Series;
            texts.Add(string.Join('\n',
            [
                $"{result.Position} {result.ScenarioId} {result.ScenarioName} {result.Status} {result.Error}",
                $"{StoredMetrics.Of(result)}",
                $"{StoredMetrics.SkippedOf(result)}",
                $"{(result.Parameters is null ? null : ScenarioJson.WriteCompact(ScenarioJson.Read(result.Parameters)[0].Scenario!))}",
                .. series?.Trades.Select(trade => $"{trade with { Fills = [] }} {string.Join(' ', trade.Fills)}") ?? [],
                string.Join(' ', series?.Equity.Select(value => value.ToString("R", CultureInfo.InvariantCulture)) ?? []),
            ]));
        }

        return texts;
    }

    /// <summary>Stores a batch that nobody works on yet.</summary>
    public static async Task<Guid> StoreAsync(Database database, BatchRequest request)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddWallTrack(database);
        await using var services = collection.BuildServiceProvider(); // its scheduler and its keeper are never started
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BatchRunner>().StartAsync(request);
    }
}
