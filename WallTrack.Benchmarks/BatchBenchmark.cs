using System.Diagnostics;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Benchmarks;

/// <summary>
/// What batches cost beyond their simulations. The sweep of the simulation benchmark through the whole product, start to
/// completed with every result stored, against the same sweep in memory, the two taking turns so that a noisy machine is
/// noisy for both; and a batch of a hundred thousand small scenarios.
/// </summary>
internal static class BatchBenchmark
{
    private const int Many = 100_000;
    private const int RowsAPage = 50;
    private const int PageRuns = 3;
    private const int WarmUps = 6; // a server that has run a few batches: until then the JIT is still at work on storing them

    public static Task RunAsync(string? postgreSql, int runs, bool withMany) => OnHostAsync(postgreSql, async host =>
    {
        await SweepAsync(host, runs);
        if (withMany)
            await ManyAsync(host);
    });

    /// <summary>Any page of the hundred thousand results, in the order of any figure.</summary>
    public static Task RunPagesAsync(string? postgreSql) => OnHostAsync(postgreSql, async host => await PagesAsync(host, await ManyAsync(host)));

    private static async Task OnHostAsync(string? postgreSql, Func<BenchmarkHost, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("walltrack-benchmark-");
        try
        {
            var database = Database.Of(postgreSql ?? $"Data Source={Path.Combine(folder.FullName, "walltrack.db")}");
            await database.SetUpAsync();
            await using var host = await BenchmarkHost.StartAsync(database);
            await measure(host);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task SweepAsync(BenchmarkHost host, int runs)
    {
        var options = BenchmarkHistory.Options;
        Console.WriteLine("Importing the history of the simulation benchmark");
        await host.Get<HistoryImporter>().ImportMadeUpAsync(options);
        var window = await host.Get<HistoryLibrary>().OpenAsync(options.Start, options.End);
        _ = window.Fingerprint;
        var sweep = SweepScenarios.All();
        foreach (var workers in (int[])[1, 2])
        {
            var (pure, whole) = (new List<double>(), new List<double>());
            for (var run = -WarmUps; run < runs; run++)
            {
                var simulated = PureSeconds(window, sweep, workers);
                var stored = await WholeSecondsAsync(host, sweep, options.Start, options.End, workers);
                if (run < 0)
                    continue;
                pure.Add(simulated);
                whole.Add(stored);
            }

            Console.WriteLine($"{sweep.Count:#,0} scenarios, {workers} worker(s): simulation {Median(pure):0.000} s, whole product {Median(whole):0.000} s, ratio {Median(whole) / Median(pure):0.00} (medians of {runs} after {WarmUps} to warm up; best ratio of a pair {pure.Zip(whole, (p, w) => w / p).Min():0.00})");
        }
    }

    private static double PureSeconds(HistoryWindow window, IReadOnlyList<Scenario> sweep, int workers)
    {
        var simulator = new Simulator(window);
        var outcomes = new Outcome[sweep.Count];
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        simulator.Run(sweep, workers, (place, outcome) => outcomes[place] = outcome);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> WholeSecondsAsync(BenchmarkHost host, IReadOnlyList<Scenario> sweep, DateTime from, DateTime to, int workers)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var batch = await host.Runner.StartAsync(new() { Scenarios = sweep, From = from, To = to, Workers = workers });
        var end = await EndOfAsync(host, batch);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (end.Completed != sweep.Count)
            throw new InvalidOperationException($"{end.Failed} failed.");
        await host.Runner.DeleteAsync(batch);
        return seconds;
    }

    /// <summary>Looks every two milliseconds: the feed's pace of 200 ms would blur the end.</summary>
    private static async Task<BatchSnapshot> EndOfAsync(BenchmarkHost host, Guid batch)
    {
        while (true)
        {
            if (await host.Runner.GetAsync(batch) is { IsOver: true } over)
                return over;
            await Task.Delay(2);
        }
    }

    private static async Task<Guid> ManyAsync(BenchmarkHost host)
    {
        var options = new MadeUpHistoryOptions { Signals = 1_000, Tokens = 50, Days = 30, BarHours = 24, Seed = 5, Start = BenchmarkHistory.Options.End.AddDays(30) };
        await host.Get<HistoryImporter>().ImportMadeUpAsync(options);
        var scenarios = Enumerable.Range(0, Many).Select(i => Scenario.From(new()
        {
            Name = $"scenario {i}",
            ScoreThreshold = 0.30 + (i % 100 * 0.005),
            StopLoss = 0.1 + (i / 100 % 100 * 0.008),
            MaxHoldHours = 1 + (i / 10_000),
        })).ToList();
        var before = Memory();
        var started = Stopwatch.GetTimestamp();
        var batch = await host.Runner.StartAsync(new() { Scenarios = scenarios, From = options.Start, To = options.End, Workers = 2 });
        Console.WriteLine($"{Many:#,0} scenarios over 1,000 signals: started in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        var (progress, lags) = (new List<double>(), new List<double>());
        using var watching = new CancellationTokenSource();
        var watcher = WatchAsync(host, batch, lags, watching.Token);
        var end = default(BatchSnapshot);
        while (end is not { IsOver: true })
        {
            var asked = Stopwatch.GetTimestamp();
            end = await host.Runner.GetAsync(batch);
            progress.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(20);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await watching.CancelAsync();
        await watcher;
        Console.WriteLine($"completed {end.Completed:#,0} in {seconds:0.0} s, {Many / seconds:#,0} a second; memory {before:#,0} → peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:#,0} MB");
        Console.WriteLine($"progress query while it runs: median {Median(progress):0.0} ms, 95th percentile {Percentile(progress, 0.95):0.0} ms");
        Console.WriteLine($"from a commit to a watcher: median {Median(lags):0} ms, 95th percentile {Percentile(lags, 0.95):0} ms over {lags.Count} updates");
        return batch;
    }

    private static async Task PagesAsync(BenchmarkHost host, Guid batch)
    {
        var results = host.Get<BatchResults>();
        foreach (var (place, skip) in new[] { ("first", 0), ("row 4,950", 4_950), ("middle", Many / 2), ("last", Many - RowsAPage) })
        {
            var pages = new List<(double Milliseconds, string Order)>();
            for (var run = 0; run < PageRuns; run++)
            {
                foreach (var (metric, descending) in Metric.All.SelectMany(metric => new[] { (metric, true), (metric, false) }))
                {
                    var asked = Stopwatch.GetTimestamp();
                    var page = await results.PageAsync(new(batch, metric.Name, descending, skip, RowsAPage));
                    pages.Add((Stopwatch.GetElapsedTime(asked).TotalMilliseconds, $"{metric.Name} {(descending ? "descending" : "ascending")}"));
                    if (page.Results.Count != RowsAPage)
                        throw new InvalidOperationException($"{page.Results.Count} rows.");
                }
            }

            var milliseconds = pages.Select(page => page.Milliseconds).ToList();
            Console.WriteLine($"{place} page, {Metric.All.Length} figures both ways, {PageRuns} times: median {Median(milliseconds):0} ms, 95th percentile {Percentile(milliseconds, 0.95):0} ms, worst {milliseconds.Max():0} ms (by {pages.MaxBy(page => page.Milliseconds).Order})");
        }

        var best = new List<double>();
        for (var run = 0; run < PageRuns; run++)
        {
            var asked = Stopwatch.GetTimestamp();
            await results.BestAsync(batch, Metric.All);
            best.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        Console.WriteLine($"the best of each figure, of a batch that still runs: median {Median(best):0} ms, worst {best.Max():0} ms");
    }

    /// <summary>How old each state is when it arrives: since the last change that it shows.</summary>
    private static async Task WatchAsync(BenchmarkHost host, Guid batch, List<double> lags, CancellationToken cancellation)
    {
        var bell = host.Get<Notifications.Bell>();
        var rungAt = new Queue<long>();
        using var listening = bell.Listen(_ =>
        {
            lock (rungAt)
                rungAt.Enqueue(Stopwatch.GetTimestamp());
        });
        try
        {
            await foreach (var _ in host.Runner.WatchAsync(batch, cancellation))
            {
                lock (rungAt)
                {
                    // The oldest change that nobody had been told of: its watcher waited longest.
                    if (rungAt.TryPeek(out var oldest))
                        lags.Add(Stopwatch.GetElapsedTime(oldest).TotalMilliseconds);
                    rungAt.Clear();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static long Memory() => Environment.WorkingSet >> 20;

    private static double Median(List<double> values) => Percentile(values, 0.5);

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
