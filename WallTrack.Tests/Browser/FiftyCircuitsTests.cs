using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Storage;
using WallTrack.Tests.Batches;
using WallTrack.Tests.Browser.Circuits;

namespace WallTrack.Tests.Browser;

/// <summary>
/// Many pages watch one batch. No browser: fifty would need more of two cores than the server does, and what was measured
/// would be theirs. A page is a circuit over a WebSocket of its own, in the process of the server, so that one clock
/// says when a commit was done and when the change of the page, drawn and encoded by the server, had come over the wire.
/// </summary>
[Collection(nameof(MeasuredCollection))]
public sealed partial class FiftyCircuitsTests
{
    private const double MostMs = 500;
    private const long MostKeptBytes = 8 << 20;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1";
    private static readonly int Circuits = IsLong ? 50 : 5;
    private static readonly int Scenarios = IsLong ? 20_000 : 2_000;

    [Fact]
    public async Task Whoever_watches_a_batch_sees_a_commit_in_half_a_second_and_leaves_nothing_behind()
    {
        await using var app = new DashboardApp();
        await app.Services.GetRequiredService<HistoryImporter>().ImportMadeUpAsync(SmallSweep.History);
        await WatchedAsync(app, Circuits); // what a server keeps after its first batch and its first pages, it keeps once
        var before = Memory();

        var (lags, open, batchesPerSecond) = await WatchedAsync(app, Circuits);
        var after = Memory();
        for (var patience = Stopwatch.StartNew(); after - before > MostKeptBytes && patience.Elapsed < TimeSpan.FromSeconds(20); after = Memory())
            await Task.Delay(200);

        lags.Sort();
        var (median, percentile) = (lags[lags.Count / 2], lags[(int)(0.95 * (lags.Count - 1))]);
        var said = $"{Circuits} circuits, {Scenarios:#,0} scenarios at {batchesPerSecond:#,0} a second: from a commit to the page {median:0} ms in the median, {percentile:0} ms for 95 % of {lags.Count:#,0} updates, at worst {lags[^1]:0} ms; " +
            $"managed memory {before / 1e6:0.0} MB before, {open / 1e6:0.0} MB with all open, {after / 1e6:0.0} MB after";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(after - before <= MostKeptBytes, said);
        if (IsLong)
            Assert.True(percentile < MostMs, said);
    }

    /// <returns>For each update of each page, how long the oldest commit in it that this page had not shown yet had been done; and the memory in use with all pages open.</returns>
    private static async Task<(List<double> Lags, long Open, double ScenariosPerSecond)> WatchedAsync(DashboardApp app, int circuits)
    {
        var commits = new Commits(app.Services.GetRequiredService<Database>());
        await using var scope = app.Services.CreateAsyncScope();
        var runner = scope.ServiceProvider.GetRequiredService<BatchRunner>();
        var batch = await runner.StartAsync(SmallSweep.Request(Scenarios));
        await runner.CancelAsync(batch); // until all watch
        var lags = new ConcurrentQueue<double>();
        var pages = new List<CircuitClient>();
        try
        {
            var ready = new List<Task>();
            foreach (var _ in Enumerable.Range(0, circuits))
            {
                var page = new Watcher(commits, lags);
                pages.Add(await CircuitClient.OpenAsync(app.Address, $"/batches/{batch}", page.See));
                ready.Add(page.Ready);
            }

            await Task.WhenAll(ready).WaitAsync(TimeSpan.FromMinutes(1));
            lags.Clear();
            using var listening = app.Services.GetRequiredService<Bell>().Listen(subject => commits.Hear(subject, batch));
            var started = Stopwatch.GetTimestamp();
            Assert.True(await runner.ResumeAsync(batch));
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            await foreach (var state in runner.WatchAsync(batch, patience.Token))
            {
                if (state.IsOver)
                    break;
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return ([.. lags], Memory(), Scenarios / seconds);
        }
        finally
        {
            foreach (var page in pages)
                await page.DisposeAsync();
            await runner.CancelAsync(batch);
            await runner.DeleteAsync(batch); // and with it what the engine keeps of a batch: this is about pages
        }
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>When each number of scenarios was first known to be done.</summary>
    private sealed class Commits(Database database)
    {
        private readonly Lock _lock = new();
        private readonly SortedList<int, long> _doneAt = [];

        /// <summary>On the thread that has just committed: the time comes first, so that a commit in between can only seem older than it is.</summary>
        public void Hear(Guid subject, Guid batch)
        {
            if (subject != batch)
                return;
            var at = Stopwatch.GetTimestamp();
            using var context = database.CreateContextFactory().CreateDbContext();
            var done = context.Set<Batch>().Where(row => row.Id == batch).Select(row => row.Completed + row.Failed).Single();
            lock (_lock)
                _doneAt.TryAdd(done, at);
        }

        /// <summary>Of the first commit beyond what was seen before; null when none was heard of.</summary>
        public long? FirstAfter(int seen)
        {
            lock (_lock)
            {
                var next = _doneAt.Keys.FirstOrDefault(done => done > seen);
                return next == 0 ? null : _doneAt[next];
            }
        }
    }

    /// <summary>One page: reads the progress out of what arrives.</summary>
    private sealed partial class Watcher(Commits commits, ConcurrentQueue<double> lags)
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _seen;

        public Task Ready => _ready.Task;

        public void See(byte[] change)
        {
            var arrived = Stopwatch.GetTimestamp();
            if (Progress().Match(Encoding.UTF8.GetString(change)) is not { Success: true } match)
                return;
            _ready.TrySetResult();
            var done = int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            if (done <= _seen)
                return;
            if (commits.FirstAfter(_seen) is { } committed)
                lags.Enqueue(Stopwatch.GetElapsedTime(committed, arrived).TotalMilliseconds);
            _seen = done;
        }

        [GeneratedRegex("([0-9,]+) / [0-9,]+")]
        private static partial Regex Progress();
    }
}
