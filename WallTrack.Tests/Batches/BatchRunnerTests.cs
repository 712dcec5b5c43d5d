using WallTrack.Batches;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>The contract of batches, on both databases.</summary>
public sealed class BatchRunnerTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_batch_stores_for_each_scenario_what_a_replay_gives(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);
        var request = SmallSweep.Request(12);

        var batch = await host.Runner.StartAsync(request);
        var end = await host.EndOfAsync(batch);

        Assert.Equal((BatchStatus.Completed, 12, 0), (end.Status, end.Completed, end.Failed));
        var window = await test.Library.OpenAsync(request.From, request.To);
        var worker = new Simulator(window).CreateWorker();
        var results = await host.Results.AllAsync(batch).ToListAsync();
        Assert.Equal(request.Scenarios.Select(scenario => scenario.Id), results.Select(result => result.ScenarioId));
        foreach (var (result, scenario) in results.Zip(request.Scenarios))
        {
            var expected = worker.Run(scenario).Replay!;
            var series = (await host.Results.SeriesAsync(result)).Series!;
            Assert.Equal(expected.Metrics, StoredMetrics.Of(result));
            Assert.Equal(expected.Equity, series.Equity);
            Assert.Equal(expected.Trades.Trades.Select(trade => trade.PnlSol), series.Trades.Select(trade => trade.PnlSol));
            Assert.NotEmpty(series.Trades);
        }
    }
}
