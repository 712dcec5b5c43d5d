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

    /// <summary>Windows that are held, loading ones included.</summary>
    internal int HeldCount
    {
        get
        {
            lock (_lock)
            {
                return _latestFirst.Count;
            }
        }
    }

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

    /// <summary>Gives it a window that came from elsewhere, as the one that would be opened with the same ends.</summary>
    /// <param name="solUsd">As it will be asked for.</param>
    public async Task HoldAsync(HistoryWindow window, double? solUsd, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        var key = new Key(window.From, window.To, solUsd, await VersionAsync(cancellation));
        lock (_lock)
            _latestFirst.AddFirst((key, Task.FromResult(window)));
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

    /// <summary>Signals and bars are read beside each other; bars are decoded on all cores.</summary>
    private async Task<HistoryWindow> LoadAsync(DateTime from, DateTime to, double? solUsd)
    {
        var reading = Task.Run(() => ReadSignalsAsync(from, to));
        var chunks = await ReadChunksAsync(from, to);
        var bars = new ConcurrentBag<BarSeries>();
        Parallel.ForEach(chunks.GroupBy(chunk => (chunk.TokenAddress, chunk.IntervalSeconds)), series => bars.Add(Decode([.. series])));
        var signals = await reading;
        if (signals.Count == 0)
        {
            throw new NoHistoryException(await ExtentAsync() is { } extent
                ? $"No signal lies in the window from {Instant.Text(from)} to {Instant.Text(to)}; the stored ones go from {Instant.Text(extent.From)} to {Instant.Text(extent.To)}."
                : "The history is empty: import signals and bars, or load the demo history.");
        }

        return new(from, to, signals, bars, solUsd is { } usd ? SolPrice.Constant(usd) : SolFrom(bars, from, to));
    }

    private async Task<List<Signal>> ReadSignalsAsync(DateTime from, DateTime to)
    {
        await using var context = await contexts.CreateDbContextAsync();
        return await context.Set<Signal>().Where(signal => signal.Time >= from && signal.Time < to).ToListAsync();
    }

    /// <summary>
    /// The chunks of tokens with signals in the window, and SOL's, by day. A bar in progress at the start may have opened
    /// the day before; of SOL, the last bar before the window may be older still.
    /// </summary>
    private async Task<List<BarChunk>> ReadChunksAsync(DateTime from, DateTime to)
    {
        var (first, last) = (DateOnly.FromDateTime(from).AddDays(-1), DateOnly.FromDateTime(to));
        await using var context = await contexts.CreateDbContextAsync();
        var tokens = context.Set<Signal>().Where(signal => signal.Time >= from && signal.Time < to).Select(signal => signal.TokenAddress);
        var chunks = context.Set<BarChunk>();
        var earlierSol = await chunks
            .Where(chunk => chunk.TokenAddress == Mint.WrappedSol && chunk.Day < first)
            .OrderByDescending(chunk => chunk.Day)
            .Take(1)
            .ToListAsync();
        var within = await chunks
            .Where(chunk => chunk.Day >= first && chunk.Day <= last && (chunk.TokenAddress == Mint.WrappedSol || tokens.Contains(chunk.TokenAddress)))
            .ToListAsync();
        return [.. earlierSol, .. within];
    }

    private static BarSeries Decode(BarChunk[] chunks)
    {
        var (columns, at) = (new BarColumns(chunks.Sum(chunk => chunk.BarCount)), 0);
        var interval = TimeSpan.FromSeconds(chunks[0].IntervalSeconds);
        foreach (var chunk in chunks.OrderBy(chunk => chunk.Day))
        {
            BarCodec.DecodeInto(columns, at, chunk.BarCount, chunk.Data, chunk.Day, interval);
            at += chunk.BarCount;
        }

        return columns.ToSeries(chunks[0].TokenAddress, interval);
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
