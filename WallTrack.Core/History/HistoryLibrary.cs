using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.History;

/// <summary>There is nothing in the stored history that could be replayed; the message says what to do.</summary>
public sealed class NoHistoryException(string sentence) : Exception(sentence);

/// <summary>
/// Windows of the stored history, loaded once and shared by everybody in the process. The least recently opened goes
/// first when they grow beyond a share of the machine's memory.
/// </summary>
public sealed class HistoryLibrary(IDbContextFactory<WallTrackDbContext> contexts)
{
    private const int BytesABar = 40;
    private const int BytesASignal = 120;
    private readonly Lock _lock = new();
    private readonly LinkedList<(Key Key, Task<HistoryWindow> Window)> _latestFirst = [];

    /// <summary>Beyond this the least recently opened windows are let go. Bytes.</summary>
    public long Capacity { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <param name="solUsd">Null: the price comes from SOL's own bars.</param>
    /// <exception cref="NoHistoryException">No signal lies in the window, or no SOL price is known.</exception>
    public async Task<HistoryWindow> OpenAsync(DateTime from, DateTime to, double? solUsd = null, CancellationToken cancellation = default)
    {
        var key = new Key(from, to, solUsd, await VersionAsync(cancellation));
        Task<HistoryWindow> window;
        lock (_lock)
        {
            var node = Find(key);
            if (node is null)
            {
                node = new((key, Task.Run(() => LoadAsync(from, to, solUsd), CancellationToken.None)));
                _ = node.Value.Window.ContinueWith(_ => LetGo(), TaskScheduler.Default);
            }
            else
            {
                _latestFirst.Remove(node);
            }

            _latestFirst.AddFirst(node);
            window = node.Value.Window;
        }

        return await window.WaitAsync(cancellation);
    }

    /// <summary>From the first signal's day to the end of the last signal's; null when there is no signal.</summary>
    public async Task<(DateTime From, DateTime To)?> ExtentAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var signals = context.Set<Signal>();
        return await signals.AnyAsync(cancellation)
            ? ((await signals.MinAsync(signal => signal.Time, cancellation)).Date, (await signals.MaxAsync(signal => signal.Time, cancellation)).Date.AddDays(1))
            : null;
    }

    private async Task<long> VersionAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<HistoryVersion>().Select(version => version.Version).SingleAsync(cancellation);
    }

    private LinkedListNode<(Key Key, Task<HistoryWindow> Window)>? Find(Key key)
    {
        for (var node = _latestFirst.First; node is not null; node = node.Next)
        {
            if (node.Value.Key == key && !node.Value.Window.IsFaulted)
            {
                return node;
            }
        }

        return null;
    }

    private void LetGo()
    {
        lock (_lock)
        {
            var kept = 0L;
            for (var node = _latestFirst.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Window.IsCompleted)
                {
                    kept += node.Value.Window.IsCompletedSuccessfully ? SizeOf(node.Value.Window.Result) : 0;
                    if (!node.Value.Window.IsCompletedSuccessfully || (kept > Capacity && node != _latestFirst.First))
                    {
                        _latestFirst.Remove(node);
                    }
                }

                node = next;
            }
        }
    }

    private static long SizeOf(HistoryWindow window) =>
        (window.Signals.Count * (long)BytesASignal)
        + Enumerable.Range(0, window.Signals.TokenAddresses.Length).Sum(token => (window.Bars(token)?.Count ?? 0) * (long)BytesABar);

    private async Task<HistoryWindow> LoadAsync(DateTime from, DateTime to, double? solUsd)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var signals = await context.Set<Signal>().Where(signal => signal.Time >= from && signal.Time < to).ToListAsync();
        if (signals.Count == 0)
        {
            throw new NoHistoryException(await ExtentAsync() is { } extent
                ? $"No signal lies in the window from {Instant.Text(from)} to {Instant.Text(to)}; the stored ones go from {Instant.Text(extent.From)} to {Instant.Text(extent.To)}."
                : "The history is empty: import signals and bars, or load the demo history.");
        }

        var bars = await LoadBarsAsync(context, signals.Select(signal => signal.TokenAddress).Append(Mint.WrappedSol).Distinct(), from, to);
        return new(from, to, signals, bars, solUsd is { } usd ? SolPrice.Constant(usd) : SolFrom(bars, from, to));
    }

    /// <summary>
    /// Chunks are read one after another and decoded beside that, on all cores. A bar in progress at the start may have
    /// opened the day before; of SOL, the last bar before the window may be older still.
    /// </summary>
    private static async Task<IReadOnlyList<BarSeries>> LoadBarsAsync(WallTrackDbContext context, IEnumerable<string> tokens, DateTime from, DateTime to)
    {
        var (first, last) = (DateOnly.FromDateTime(from).AddDays(-1), DateOnly.FromDateTime(to));
        var wanted = tokens.ToHashSet(StringComparer.Ordinal);
        var earlierSol = await context.Set<BarChunk>()
            .Where(chunk => chunk.TokenAddress == Mint.WrappedSol && chunk.Day < first)
            .OrderByDescending(chunk => chunk.Day)
            .Take(1)
            .ToListAsync();

        var decoded = new ConcurrentDictionary<(string Token, int Interval), ConcurrentBag<(DateOnly Day, BarColumns Columns)>>();
        void Decode(BarChunk chunk) => decoded
            .GetOrAdd((chunk.TokenAddress, chunk.IntervalSeconds), _ => [])
            .Add((chunk.Day, BarCodec.Decode(chunk.Data, chunk.Day, TimeSpan.FromSeconds(chunk.IntervalSeconds))));

        earlierSol.ForEach(Decode);
        var chunks = context.Set<BarChunk>().Where(chunk => chunk.Day >= first && chunk.Day <= last).AsAsyncEnumerable();
        await Parallel.ForEachAsync(chunks.Where(chunk => wanted.Contains(chunk.TokenAddress)), (chunk, _) =>
        {
            Decode(chunk);
            return ValueTask.CompletedTask;
        });

        var series = new ConcurrentBag<BarSeries>();
        Parallel.ForEach(decoded, pair => series.Add(BarColumns.Join(
            pair.Key.Token, TimeSpan.FromSeconds(pair.Key.Interval), [.. pair.Value.OrderBy(day => day.Day).Select(day => day.Columns)])));
        return [.. series];
    }

    private static SolPrice SolFrom(IEnumerable<BarSeries> bars, DateTime from, DateTime to)
    {
        var sol = BarSeries.Choose(bars.Where(series => series.TokenAddress == Mint.WrappedSol), from, to);
        return sol is not null && sol.ClosedBy(to.Ticks) > 0
            ? SolPrice.FromBars(sol)
            : throw new NoHistoryException($"There is no SOL price: the history holds no bar of {Mint.WrappedSol} that closes by {Instant.Text(to)}. Import such bars, or give one price for the whole window.");
    }

    private readonly record struct Key(DateTime From, DateTime To, double? SolUsd, long Version);
}
