using System.Collections.Concurrent;
using System.Diagnostics;
using WallTrack.Batches;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>What an operator may rely on while batches run, are stopped and share machines.</summary>
public sealed class BatchContractTests(PostgreSqlServer server)
{
    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public async Task One_worker_and_eight_find_the_same(int scenarios)
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database, options: new() { Cores = 8 });
        var request = SmallSweep.Request(scenarios, workers: 1);

        var one = await host.Runner.StartAsync(request);
        var eight = await host.Runner.StartAsync(request with { Workers = 8 });
        await Task.WhenAll(host.EndOfAsync(one), host.EndOfAsync(eight));

        var expected = await BatchFaults.ResultsAsync(host.Results, one);
        Assert.Equal(scenarios, expected.Count);
        Assert.Equal(expected, await BatchFaults.ResultsAsync(host.Results, eight));
    }

    [Fact]
    public async Task A_batch_has_no_more_scenarios_in_work_than_workers()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var gauge = new Gauge();
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating(gauge.Simulate), new() { Cores = 8 });
        var two = await host.Runner.StartAsync(SmallSweep.Request(60, workers: 2) with { Scenarios = Named("two", 60) });
        var one = await host.Runner.StartAsync(SmallSweep.Request(30, workers: 1) with { Scenarios = Named("one", 30) });

        await Task.WhenAll(host.EndOfAsync(two), host.EndOfAsync(one));

        Assert.Equal((2, 1), (gauge.MostOf("two"), gauge.MostOf("one")));
    }

    [Fact]
    public async Task Two_batches_share_the_cores_evenly_whatever_their_numbers_of_workers()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var gauge = new Gauge();
        using var both = new ManualResetEventSlim();
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) =>
        {
            both.Wait(stop);
            return gauge.Simulate(worker, scenario, stop);
        }), new() { Cores = 2 });
        var many = await host.Runner.StartAsync(SmallSweep.Request(100, workers: 20) with { Scenarios = Named("many", 100) });
        var few = await host.Runner.StartAsync(SmallSweep.Request(100, workers: 4) with { Scenarios = Named("few", 100) });
        both.Set();

        await Task.WhenAny(host.EndOfAsync(many), host.EndOfAsync(few));
        var least = Math.Min((await host.Runner.GetAsync(many))!.Done, (await host.Runner.GetAsync(few))!.Done);
        await Task.WhenAll(host.EndOfAsync(many), host.EndOfAsync(few));

        Assert.Equal(2, gauge.Most);
        Assert.True(least > 60, $"one batch was done when the other had {least} of 100");
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Cancel_stops_long_scenarios_within_a_second_and_keeps_what_is_done(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var inWork = new CountdownEvent(2);
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) =>
        {
            if (scenario.Name is "scenario 0" or "scenario 1")
                return worker.Run(scenario, stop);
            if (!inWork.IsSet)
                inWork.Signal();
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
            throw new UnreachableException();
        }), new() { Cores = 2 });
        var batch = await host.Runner.StartAsync(SmallSweep.Request(20));
        await Eventually.TrueAsync(() => inWork.IsSet, "nothing is in work");

        var watch = Stopwatch.StartNew();
        Assert.True(await host.Runner.CancelAsync(batch));
        var end = await host.EndOfAsync(batch);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"it took {watch.Elapsed}");
        Assert.Equal((BatchStatus.Cancelled, 2, 18, 0), (end.Status, end.Completed, end.Cancelled, end.Running));
        Assert.False(await host.Runner.CancelAsync(batch));
        inWork.Dispose();
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Cancelled_and_resumed_again_and_again_a_batch_finds_the_same(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var gauge = new Gauge();
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating(gauge.Simulate), new() { Cores = 2 });
        var request = SmallSweep.Request(320);
        var batch = await host.Runner.StartAsync(request);
        var cancels = 0;
        for (var done = 0; cancels < 12; cancels++)
        {
            await Eventually.TrueAsync(async () => await host.Runner.GetAsync(batch) is { } now && (now.Done > done || now.IsOver), "it does not go on");
            if (!await host.Runner.CancelAsync(batch))
                break;
            if (cancels % 3 != 0) // now and then the answer is not waited for
                done = (await host.EndOfAsync(batch)).Done;
            await host.Runner.ResumeAsync(batch);
        }

        Assert.True(cancels >= 5, $"it was over after {cancels} cancels");
        Assert.Equal(BatchStatus.Completed, (await host.EndOfAsync(batch)).Status);
        Assert.Equal(await BatchFaults.UndisturbedAsync(request, SmallSweep.History), await BatchFaults.ResultsAsync(host.Results, batch));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Some_of_the_failures_of_a_slice_are_retried_and_nothing_else_runs(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var (broken, ran) = (new ConcurrentDictionary<string, bool>(), new ConcurrentQueue<string>());
        foreach (var position in (int[])[0, 3, 4, 5, 399])
            broken[$"scenario {position}"] = true;
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) =>
        {
            ran.Enqueue(scenario.Name);
            return broken.ContainsKey(scenario.Name) ? throw new InvalidOperationException("It is broken.") : worker.Run(scenario, stop);
        }), new() { Cores = 2 });
        var request = SmallSweep.Request(400);
        var batch = await host.Runner.StartAsync(request);
        Assert.Equal((395, 5), Done(await host.EndOfAsync(batch)));

        ran.Clear();
        broken.TryRemove("scenario 4", out _);
        Assert.Equal(0, await host.Runner.RetryFailedAsync(batch, [1, 400]));
        Assert.Equal(2, await host.Runner.RetryFailedAsync(batch, [2, 3, 4]));
        Assert.Equal((396, 4), Done(await host.EndOfAsync(batch)));
        Assert.Equal(["scenario 3", "scenario 4"], ran.Order());

        ran.Clear();
        broken.Clear();
        Assert.Equal(1, await host.Runner.RetryFailedAsync(batch, [5]));
        Assert.Equal((397, 3), Done(await host.EndOfAsync(batch)));
        Assert.Equal(3, await host.Runner.RetryFailedAsync(batch));
        Assert.Equal((400, 0), Done(await host.EndOfAsync(batch)));
        Assert.Equal(["scenario 0", "scenario 3", "scenario 399", "scenario 5"], ran.Order(StringComparer.Ordinal));
        Assert.Equal(await BatchFaults.UndisturbedAsync(request, SmallSweep.History), await BatchFaults.ResultsAsync(host.Results, batch));

        static (int, int) Done(BatchSnapshot end) => (end.Completed, end.Failed);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Two_processes_work_on_one_batch_and_stay_within_its_workers(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var gauge = new Gauge();
        var counts = new int[2];
        await using var first = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) => Counted(0, worker, scenario, stop)), new() { Cores = 2 });
        await using var second = await BatchHost.StartAsync(test.Database, BatchFaults.Simulating((worker, scenario, stop) => Counted(1, worker, scenario, stop)), new() { Cores = 2 });
        var request = SmallSweep.Request(300, workers: 3);

        var batch = await first.Runner.StartAsync(request);
        var end = await second.EndOfAsync(batch);

        Assert.Equal((BatchStatus.Completed, 300), (end.Status, end.Completed));
        Assert.Equal(300, counts.Sum());
        Assert.InRange(gauge.Most, 2, 3);
        Assert.True(counts.Min() > 10, $"one process did {counts[0]}, the other {counts[1]}");
        Assert.Equal(await BatchFaults.UndisturbedAsync(request, SmallSweep.History), await BatchFaults.ResultsAsync(second.Results, batch));

        Outcome Counted(int host, SimulatorWorker worker, Scenario scenario, CancellationToken stop)
        {
            Interlocked.Increment(ref counts[host]);
            return gauge.Simulate(worker, scenario, stop);
        }
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Commands_for_a_batch_that_does_not_exist_change_nothing_and_say_so(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await using var host = await BatchHost.StartAsync(test.Database);
        var nobody = Guid.NewGuid();

        Assert.False(await host.Runner.CancelAsync(nobody));
        Assert.False(await host.Runner.ResumeAsync(nobody));
        Assert.False(await host.Runner.DeleteAsync(nobody));
        Assert.False(await host.Runner.RenameAsync(nobody, "a name"));
        Assert.Equal(0, await host.Runner.RetryFailedAsync(nobody));
        Assert.Null(await host.Runner.GetAsync(nobody));
        Assert.Empty(await host.Runner.WatchAsync(nobody).ToListAsync());
    }

    private static IReadOnlyList<Scenario> Named(string prefix, int count) => [.. SmallSweep.Scenarios(count).Select(scenario =>
    {
        var draft = scenario.ToDraft();
        draft.Name = $"{prefix} {scenario.Name}";
        return Scenario.From(draft);
    })];

    /// <summary>How many scenarios are simulated at once, each for some milliseconds.</summary>
    private sealed class Gauge
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, (int Now, int Most)> _byPrefix = [];
        private int _now;

        public int Most { get; private set; }

        public int MostOf(string prefix) => _byPrefix[prefix].Most;

        public Outcome Simulate(SimulatorWorker worker, Scenario scenario, CancellationToken stop)
        {
            var prefix = scenario.Name.Split(' ')[0];
            Count(prefix, 1);
            try
            {
                stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10));
                return worker.Run(scenario, stop);
            }
            finally
            {
                Count(prefix, -1);
            }
        }

        private void Count(string prefix, int by)
        {
            lock (_lock)
            {
                Most = Math.Max(Most, _now += by);
                var (now, most) = _byPrefix.GetValueOrDefault(prefix);
                _byPrefix[prefix] = (now + by, Math.Max(most, now + by));
            }
        }
    }
}
