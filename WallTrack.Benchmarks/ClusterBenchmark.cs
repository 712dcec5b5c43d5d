using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Benchmarks;

/// <summary>
/// How many machines one PostgreSQL feeds: what it bears of claims and of results, and clusters of up to fifty nodes whose
/// simulations are waits, so that only what they share is measured.
/// </summary>
internal static class ClusterBenchmark
{
    private const int CoresANode = 2;
    private const int Slices = 1_000; // about as many as a batch is ever cut into
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly MadeUpHistoryOptions History = new() { Signals = 1_000, Tokens = 50, Days = 30, BarHours = 24, Seed = 5 };

    /// <param name="postgreSql">An empty database, which is left empty of batches.</param>
    /// <param name="nodes">Sizes of the clusters.</param>
    public static async Task RunAsync(string postgreSql, bool withStorage, IEnumerable<int> nodes)
    {
        var database = Database.Of(postgreSql);
        await database.SetUpAsync();
        await using var host = BenchmarkHost.NotStarted(database, new() { Role = NodeRole.Verb }); // it shares no jobs
        await host.Get<HistoryImporter>().ImportMadeUpAsync(History);

        if (withStorage)
            await StorageAsync(host);
        foreach (var count in nodes)
            await NodesAsync(host, count);
    }

    private static async Task StorageAsync(BenchmarkHost host)
    {
        foreach (var (batches, pumps) in ((int, int)[])[(1, 1), (1, 4), (1, 16), (8, 8), (8, 16)])
            await ClaimsAsync(host, batches, pumps);
        foreach (var (keepsSeries, pumps) in ((bool, int)[])[(false, 1), (false, 4), (true, 1), (true, 4)])
            await ResultsAsync(host, keepsSeries, pumps);
    }

    /// <summary>Slices that are ended without a result and claimed again, in one transaction, as between two slices of a batch.</summary>
    private static async Task ClaimsAsync(BenchmarkHost host, int batches, int pumps)
    {
        var ids = new List<Guid>();
        for (var batch = 0; batch < batches; batch++)
            ids.Add(await StoreAsync(host, Slices));
        var (claims, ledger, node) = (0, host.Get<SliceLedger>(), Guid.CreateVersion7());
        var seconds = await ForAWhileAsync(pumps, async (pump, isOver) =>
        {
            var claim = await ledger.TryClaimAsync(ids[pump % batches], pump, node, alone: false, CancellationToken.None);
            while (claim is not null && !isOver())
            {
                (_, claim) = await ledger.EndAsync(claim, [], null, 0, (pump, node));
                Interlocked.Increment(ref claims);
            }

            if (claim is not null)
                await ledger.EndAsync(claim, [], null, 0);
        });
        Console.WriteLine($"claims, {batches} batch(es) of {Slices:#,0} slices, {pumps} pump(s): {claims / seconds:#,0} a second");
        await DeleteAllAsync(host);
    }

    /// <summary>Results stored a slice at a time, as pumps do, each pump with a batch of its own; simulated once only.</summary>
    private static async Task ResultsAsync(BenchmarkHost host, bool keepsSeries, int pumps)
    {
        var window = await host.Get<HistoryLibrary>().OpenAsync(History.Start, History.End);
        var scenario = Scenarios(1)[0];
        var replay = new Simulator(window).CreateWorker().Run(scenario, CancellationToken.None).Replay!;
        var (parameters, metrics, skipped) = (ScenarioJson.WriteCompact(scenario), StoredMetrics.Json(replay.Metrics), StoredMetrics.Json(replay.Skipped));
        const int SeriesBytes = 15_000; // a result of the sweep
        var ids = new List<Guid>();
        for (var pump = 0; pump < pumps; pump++)
            ids.Add(await StoreAsync(host, 100_000));
        var (stored, ledger, node) = (0, host.Get<SliceLedger>(), Guid.CreateVersion7());
        var seconds = await ForAWhileAsync(pumps, async (pump, isOver) =>
        {
            while (!isOver() && await ledger.TryClaimAsync(ids[pump], pump, node, alone: false, CancellationToken.None) is { } claim)
            {
                var results = Enumerable.Range(0, claim.Count).Select(place => new FoundResult(new()
                {
                    Id = Guid.CreateVersion7(), BatchId = claim.BatchId, Position = claim.FirstPosition + place, ScenarioId = scenario.Id, ScenarioName = scenario.Name,
                    Parameters = parameters, Status = ResultStatus.Completed, StartedAt = DateTime.UnixEpoch, CompletedAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch,
                    Metrics = metrics, Skipped = skipped, SeriesId = keepsSeries ? claim.Token : null, SeriesPlace = keepsSeries ? place : null,
                }, replay.Metrics)).ToList();
                var series = keepsSeries ? new byte[SeriesBytes * claim.Count] : null;
                if (series is not null)
                    Random.Shared.NextBytes(series); // packed already, as the real ones are
                await ledger.EndAsync(claim, results, series, 0);
                Interlocked.Add(ref stored, results.Count);
            }
        });
        Console.WriteLine($"results {(keepsSeries ? $"with {SeriesBytes / 1_000} KB of trades and curves" : "alone")}, {pumps} pump(s): {stored / seconds:#,0} a second");
        await DeleteAllAsync(host);
    }

    /// <summary>Whole nodes, each with keeper, scheduler and bell, over slices of one scenario that last as long as real slices do.</summary>
    private static async Task NodesAsync(BenchmarkHost host, int nodes)
    {
        var work = SlicePlan.WorkFor(nodes * CoresANode);
        var ideal = nodes * CoresANode / work.TotalSeconds;
        var batches = (int)Math.Ceiling(ideal * (Measured + LongestStart).TotalSeconds / Slices);
        for (var batch = 0; batch < batches; batch++)
            await StoreAsync(host, Slices);
        var outcome = default(Outcome);
        // Each has a pool of connections of its own, as on machines of their own: pools go by the connection string.
        var started = await Task.WhenAll(Enumerable.Range(0, nodes).Select(node => BenchmarkHost.StartAsync(
            Database.Of($"{host.Get<Database>().ConnectionString};Timeout={100 + node}"), new() { Role = NodeRole.Worker, Cores = CoresANode, NodeName = $"node {node}" },
            (worker, scenario, stop) =>
            {
                stop.WaitHandle.WaitOne(work);
                stop.ThrowIfCancellationRequested();
                return outcome ??= worker.Run(scenario, CancellationToken.None);
            })));
        var start = Stopwatch.GetTimestamp();
        while (await ClaimedAsync(host) < nodes * CoresANode * 0.9 && Stopwatch.GetElapsedTime(start) < LongestStart)
            await Task.Delay(100);
        var startedIn = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var (before, used, began) = (await DoneAsync(host), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await Task.Delay(Measured / 2);
        var holders = await WithContextAsync(host, context => context.Set<Slice>().Where(slice => slice.State == SliceState.Claimed).Select(slice => slice.NodeId).Distinct().CountAsync());
        var connections = await WithContextAsync(host, context => context.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database()").SingleAsync());
        await Task.Delay(Measured / 2);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var rate = (await DoneAsync(host) - before) / seconds;
        Console.WriteLine($"{nodes} node(s) of {CoresANode} cores, {batches} batch(es), slices of {work.TotalSeconds:0.00} s: {rate:0.0} slices a second of {ideal:0} possible, {rate / ideal:0 %}; {startedIn:0.0} s until nine tenths of the cores were at work; {holders} nodes at work, {connections} connections, {(Environment.CpuUsage.TotalTime - used).TotalSeconds / seconds:0.00} cores for the bookkeeping of all nodes");
        await Task.WhenAll(started.Select(node => node.DisposeAsync().AsTask()));
        await DeleteAllAsync(host);
    }

    /// <summary>A batch whose slices have one scenario each while it is small, as those of a very large window would.</summary>
    private static async Task<Guid> StoreAsync(BenchmarkHost host, int scenarios)
    {
        var batch = await host.Runner.StartAsync(new() { Scenarios = Scenarios(scenarios), From = History.Start, To = History.End, Workers = BatchRequest.MostWorkers });
        if (scenarios > Slices)
            return batch;
        await host.Get<Database>().InTransactionAsync(async context =>
        {
            await context.Set<Slice>().Where(slice => slice.BatchId == batch).ExecuteDeleteAsync();
            context.AddRange(Enumerable.Range(0, scenarios).Select(position => new Slice { BatchId = batch, FirstPosition = position, Count = 1 }));
            return await context.SaveChangesAsync();
        });
        return batch;
    }

    private static IReadOnlyList<Scenario> Scenarios(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Scenario.From(new() { Name = $"scenario {i}", ScoreThreshold = 0.30 + (i % 100 * 0.005), StopLoss = 0.1 + (i / 100 % 100 * 0.008), MaxHoldHours = 1 + (i / 10_000) }))];

    private static Task<int> ClaimedAsync(BenchmarkHost host) => WithContextAsync(host, context => context.Set<Slice>().CountAsync(slice => slice.State == SliceState.Claimed));

    private static Task<int> DoneAsync(BenchmarkHost host) => WithContextAsync(host, context => context.Set<Batch>().SumAsync(batch => batch.Completed));

    private static async Task DeleteAllAsync(BenchmarkHost host)
    {
        foreach (var batch in (await host.Runner.ListAsync(take: 1_000)).Batches)
        {
            await host.Runner.CancelAsync(batch.Id);
            if (!await host.Runner.DeleteAsync(batch.Id))
                throw new InvalidOperationException($"Batch {batch.Id} is still worked on.");
        }
    }

    private static async Task<T> WithContextAsync<T>(BenchmarkHost host, Func<WallTrackDbContext, Task<T>> read)
    {
        await using var context = host.Get<Database>().CreateContextFactory().CreateDbContext();
        return await read(context);
    }

    private static async Task<double> ForAWhileAsync(int pumps, Func<int, Func<bool>, Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, pumps).Select(pump => Task.Run(() => work(pump, () => Stopwatch.GetElapsedTime(began) > Measured))));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
