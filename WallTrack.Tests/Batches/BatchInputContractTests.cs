using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>Odd requests, and a history that changes under a batch.</summary>
public sealed class BatchInputContractTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_scenario_that_does_not_exist_is_one_failed_result_that_says_so(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);
        var missing = Guid.NewGuid();

        var batch = await host.Runner.StartAsync(SmallSweep.Request(2) with { ScenarioIds = [Presets.Balanced.Id, missing] });
        var end = await host.EndOfAsync(batch);

        Assert.Equal((BatchStatus.Completed, 3, 1), (end.Status, end.Completed, end.Failed));
        var result = (await host.Results.ListAsync(batch, [1]))[0];
        Assert.Equal((missing, ResultStatus.Failed, null), (result.ScenarioId, result.Status, result.Parameters));
        Assert.Equal($"There is no scenario {missing}: it was deleted, or never stored.", result.Error);
        Assert.NotNull((await host.Results.SeriesAsync(result)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Odd_characters_in_names_and_reasons_survive_or_are_replaced(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);
        string[] names = ["it's \"quoted\" \\ and; -- more", "two\nlines\r\nand a tab\t.", "😀 émoji \u2028 𝄞", "a nul \0 inside", "half a pair \ud83d.", "\0", new('界', 100), "%_'"];
        var request = SmallSweep.Request(1) with
        {
            Name = "a \0 name 😀'\"", StartedBy = "some\0body",
            Scenarios = [.. names.Select(name => Scenario.From(new() { Name = name }))],
        };

        var batch = await host.Runner.StartAsync(request);
        var end = await host.EndOfAsync(batch);

        Assert.Equal((BatchStatus.Completed, names.Length), (end.Status, end.Completed));
        Assert.Equal(("a \uFFFD name 😀'\"", "some\uFFFDbody"), (end.Name, end.CreatedBy));
        var results = await host.Results.AllAsync(batch).ToListAsync();
        Assert.Equal(names.Select(name => name.Replace('\0', '\uFFFD').Replace('\ud83d' + ".", "\uFFFD.", StringComparison.Ordinal)), results.Select(result => result.ScenarioName));
        Assert.All(results, result => Assert.Equal(result.ScenarioName, ScenarioJson.Read(result.Parameters!)[0].Scenario!.Name));
        Assert.True(await host.Runner.RenameAsync(batch, "nul \0"));
        Assert.Equal("nul \uFFFD", (await host.Runner.GetAsync(batch))!.Name);
        Assert.False(await host.Runner.RenameAsync(batch, new('x', 201)));
        Assert.False(await host.Runner.RenameAsync(batch, " \t"));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_single_scenario_with_the_longest_name_gives_its_name_to_the_batch(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);

        var batch = await host.Runner.StartAsync(SmallSweep.Request(1) with { Scenarios = [Scenario.From(new() { Name = new('n', 100) })] });

        Assert.Equal($"{new string('n', 100)}, 2026-01-01 – 2026-01-06", (await host.EndOfAsync(batch)).Name);
    }

    [Fact]
    public async Task What_cannot_be_started_is_refused_in_a_sentence_and_leaves_nothing()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);
        var request = SmallSweep.Request(1);

        foreach (var faulty in new[]
        {
            request with { Scenarios = [] }, request with { Workers = 0 }, request with { Workers = 65 }, request with { To = request.From }, request with { SolUsd = 0 },
            request with { SolUsd = double.NaN }, request with { SolUsd = double.PositiveInfinity }, request with { Name = new('x', 201) }, request with { StartedBy = new('x', 101) },
        })
        {
            await Assert.ThrowsAsync<BatchRefusedException>(() => host.Runner.StartAsync(faulty));
        }

        var empty = await Assert.ThrowsAsync<NoHistoryException>(() => host.Runner.StartAsync(request with { From = request.From.AddYears(-1), To = request.From }));
        Assert.StartsWith("No signal lies in the window from ", empty.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await host.Runner.ListAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task When_the_history_changes_the_rest_of_a_batch_fails_and_says_why(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) =>
        {
            if (scenario.Name == "scenario 5")
            {
                stop.WaitHandle.WaitOne();
                stop.ThrowIfCancellationRequested();
            }

            return worker.Run(scenario, stop);
        }));
        var batch = await host.Runner.StartAsync(SmallSweep.Request(12, workers: 1));
        await Eventually.TrueAsync(async () => (await host.Runner.GetAsync(batch))!.Done == 5, "nothing is done");
        Assert.True(await host.Runner.CancelAsync(batch));
        await host.EndOfAsync(batch);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History with { Seed = 12 });

        Assert.True(await host.Runner.ResumeAsync(batch));
        var end = await host.EndOfAsync(batch);
        Assert.Equal((BatchStatus.Completed, 5, 7), (end.Status, end.Completed, end.Failed));
        Assert.Equal(7, await host.Runner.RetryFailedAsync(batch));
        Assert.Equal((5, 7), (await host.EndOfAsync(batch)) is var again ? (again.Completed, again.Failed) : default);

        var results = await host.Results.AllAsync(batch).ToListAsync();
        Assert.All(results.Skip(5), result => Assert.StartsWith("The history of this window has changed since the batch was started", result.Error, StringComparison.Ordinal));
        Assert.NotNull((await host.Results.SeriesAsync(results[0])).Series); // it is stored
    }

    [Fact]
    public async Task A_large_batch_keeps_no_trades_and_finds_them_again_while_the_history_is_the_same()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database);
        var request = SmallSweep.Request(BatchRunner.MostWithSeries + 1);
        var batch = await host.Runner.StartAsync(request);
        Assert.Equal((2_001, false), (await host.EndOfAsync(batch)) is var end ? (end.Completed, end.KeepsSeries) : default);
        Assert.Empty((await StoredBatch.ReadAsync(test.Database, batch)).Series);

        var results = await host.Results.ListAsync(batch, [0, 777, 2_000]);
        var worker = new Simulator(await test.Library.OpenAsync(request.From, request.To)).CreateWorker();
        foreach (var result in results)
        {
            var expected = worker.Run(request.Scenarios[result.Position]).Replay!;
            var series = (await host.Results.SeriesAsync(result)).Series!;
            Assert.Equal(expected.Equity, series.Equity);
            Assert.Equal(expected.Trades.Trades.Select(trade => trade.PnlSol), series.Trades.Select(trade => trade.PnlSol));
            Assert.Equal(expected.Metrics, StoredMetrics.Of(result));
        }

        await test.Importer.ImportMadeUpAsync(SmallSweep.History with { Seed = 12 });
        var answer = await host.Results.SeriesAsync(results[0]);
        Assert.Null(answer.Series);
        Assert.StartsWith("The history of this window has changed since", answer.Refusal, StringComparison.Ordinal);
    }
}
