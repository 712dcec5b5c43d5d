using Microsoft.EntityFrameworkCore;
using WallTrack.Batches;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>Scenarios that go wrong in every way that one can think of, among others that must not notice.</summary>
public sealed class PumpFaultTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_scenario_that_goes_wrong_is_a_failed_result_with_its_reason_and_the_others_go_on(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) => scenario.Name switch
        {
            "scenario 1" => throw new InvalidOperationException("an odd state"),
            "scenario 2" => throw new InsufficientMemoryException(),
            "scenario 3" => throw new OperationCanceledException("not by us"),
            "scenario 4" => throw new InvalidOperationException("nul \0 and half a pair \ud800"),
            "scenario 5" => worker.Run(scenario, stop) with { Replay = worker.Run(scenario, stop).Replay! with { Metrics = worker.Run(scenario, stop).Replay!.Metrics with { TotalPnlSol = double.PositiveInfinity } } },
            "scenario 6" => new(scenario, null, "The account ran dry."),
            "scenario 7" => throw new IOException("not the database's"),
            _ => worker.Run(scenario, stop),
        }));

        var batch = await host.Runner.StartAsync(SmallSweep.Request(10));
        var end = await host.EndOfAsync(batch);

        Assert.Equal((BatchStatus.Completed, 3, 7), (end.Status, end.Completed, end.Failed));
        var errors = (await host.Results.AllAsync(batch).ToListAsync()).Select(result => result.Error).ToList();
        Assert.Equal(
        [
            null, "The simulation broke off: an odd state", "There was not enough memory to simulate this scenario.", "The simulation broke off: not by us",
            "The simulation broke off: nul \uFFFD and half a pair \uFFFD",
        ], errors.Take(5));
        Assert.StartsWith("The simulation broke off: ", errors[5], StringComparison.Ordinal);
        Assert.Equal(["The account ran dry.", "The simulation broke off: not the database's", null, null], errors.Skip(6));
    }

    [Fact]
    public async Task Failed_scenarios_can_be_run_once_more_and_the_others_keep_their_results()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var isBroken = true;
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) =>
            Volatile.Read(ref isBroken) && scenario.Name.EndsWith('3') ? throw new InvalidOperationException("broken") : worker.Run(scenario, stop)));
        var request = SmallSweep.Request(320); // slices of several scenarios
        var batch = await host.Runner.StartAsync(request);
        Assert.Equal((288, 32), await EndAsync());
        var before = (await host.Results.AllAsync(batch).ToListAsync()).Where(result => result.Error is null).Select(result => result.Id).ToHashSet();

        Assert.Equal(32, await host.Runner.RetryFailedAsync(batch));
        Assert.Equal((288, 32), await EndAsync());
        Volatile.Write(ref isBroken, false);
        Assert.Equal(32, await host.Runner.RetryFailedAsync(batch));
        Assert.Equal((320, 0), await EndAsync());
        Assert.Equal(0, await host.Runner.RetryFailedAsync(batch));

        Assert.Subset((await host.Results.AllAsync(batch).ToListAsync()).Select(result => result.Id).ToHashSet(), before);
        Assert.Equal(await BatchFaults.UndisturbedAsync(request, SmallSweep.History), await BatchFaults.ResultsAsync(host.Results, batch));
        Assert.Equal(3, (await StoredBatch.ReadAsync(test.Database, batch)).Notifications);

        async Task<(int, int)> EndAsync()
        {
            var end = await host.EndOfAsync(batch);
            return (end.Completed, end.Failed);
        }
    }

    /// <summary>
    /// A death in this process: when the guilty scenario begins, everything stands still, all claims are reaped as those
    /// of a dead process are, and the host goes. With several workers innocent scenarios are in work beside it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Products))]
    public async Task Of_scenarios_that_die_together_only_the_guilty_one_is_failed(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var (batch, deaths, most) = (Guid.Empty, 0, 0);
        while (true)
        {
            using var process = new DyingProcess();
            await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating(process.Simulate), new() { Cores = 4 });
            if (batch == Guid.Empty)
                batch = await host.Runner.StartAsync(SmallSweep.Request(320, workers: 4));
            var ending = host.EndOfAsync(batch);
            if (await Task.WhenAny(ending, process.Dying) == ending)
                break;
            var (ledger, pump) = (host.Get<SliceLedger>(), host.Get<Pump>());
            var claims = await ledger.ClaimsAsync(CancellationToken.None);
            host.Get<Node>().End();
            foreach (var (claim, _) in claims)
                await ledger.ReapAsync(claim, isDeath: true, pump.FailedAsync);
            process.BeGone();
            if (deaths >= Slice.DeathsUntilAlone)
                most = Math.Max(most, claims.Count);
            Assert.True(++deaths <= Slice.DeathsUntilFailed, "it dies for ever");
        }

        Assert.Equal(Slice.DeathsUntilFailed, deaths);
        Assert.Equal(1, most);
        var failed = Assert.Single((await StoredBatch.ReadAsync(test.Database, batch)).Results, result => result.Status == ResultStatus.Failed);
        Assert.Equal((5, "The process ended 6 times while it simulated this scenario, the last 3 times with nothing else in work."), (failed.Position, failed.Error));
    }

    /// <summary>Stands still from the moment at which the guilty scenario begins, until it is gone.</summary>
    private sealed class DyingProcess : IDisposable
    {
        private readonly TaskCompletionSource _dying = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly ManualResetEventSlim _gone = new();

        public Task Dying => _dying.Task;

        public Outcome Simulate(SimulatorWorker worker, Scenario scenario, CancellationToken stop)
        {
            if (scenario.Name == "scenario 5")
                _dying.TrySetResult();
            if (!_dying.Task.IsCompleted)
                stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(2)); // so that others are in work when it dies
            if (!_dying.Task.IsCompleted)
                return worker.Run(scenario, stop);
            _gone.Wait(CancellationToken.None);
            throw new OperationCanceledException(stop);
        }

        public void BeGone() => _gone.Set();

        public void Dispose()
        {
            BeGone();
            _gone.Dispose();
        }
    }
}
