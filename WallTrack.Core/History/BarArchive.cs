using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.History;

/// <summary>Which chunk a bar belongs to.</summary>
internal readonly record struct ChunkKey(string TokenAddress, int IntervalSeconds, DateOnly Day)
{
    internal TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    internal static ChunkKey Of(in BarRow row) => new(row.TokenAddress, (int)row.Interval.TotalSeconds, DateOnly.FromDateTime(row.Bar.OpenTime));
}

/// <summary>What merging did.</summary>
internal readonly record struct MergeCounts(long Accepted, long Replaced, long Duplicates, long WideBars, long Gaps)
{
    public static MergeCounts operator +(MergeCounts a, MergeCounts b) =>
        new(a.Accepted + b.Accepted, a.Replaced + b.Replaced, a.Duplicates + b.Duplicates, a.WideBars + b.WideBars, a.Gaps + b.Gaps);
}

/// <summary>The stored bars, chunk by chunk.</summary>
internal static class BarArchive
{
    private const int TokensAQuery = 400;

    private const string Upsert = """
        INSERT INTO bar_chunks (token_address, interval_seconds, day, bar_count, content_hash, data) VALUES ({0}, {1}, {2}, {3}, {4}, {5})
        ON CONFLICT (token_address, interval_seconds, day) DO UPDATE SET bar_count = excluded.bar_count, content_hash = excluded.content_hash, data = excluded.data
        """;

    /// <summary>
    /// Merges rows into their chunks, later rows over earlier ones and over what is stored, within the context's
    /// transaction: all of the chunks or none.
    /// </summary>
    internal static async Task<MergeCounts> MergeAsync(WallTrackDbContext context, IReadOnlyDictionary<ChunkKey, List<Bar>> rows, CancellationToken cancellation)
    {
        var stored = await FindAsync(context, rows.Keys, cancellation);
        var merged = new ConcurrentBag<(BarChunk? Chunk, MergeCounts Counts)>();
        Parallel.ForEach(rows, new ParallelOptions { CancellationToken = cancellation }, row => merged.Add(Merge(row.Key, row.Value, stored.GetValueOrDefault(row.Key))));

        var total = default(MergeCounts);
        foreach (var (chunk, counts) in merged)
        {
            total += counts;
            if (chunk is not null)
            {
                await context.Database.ExecuteSqlRawAsync(
                    Upsert, [chunk.TokenAddress, chunk.IntervalSeconds, chunk.Day, chunk.BarCount, chunk.ContentHash, chunk.Data], cancellation);
            }
        }

        return total;
    }

    private static async Task<Dictionary<ChunkKey, BarChunk>> FindAsync(WallTrackDbContext context, IEnumerable<ChunkKey> wanted, CancellationToken cancellation)
    {
        var keys = wanted.ToHashSet();
        var (first, last) = (keys.Min(key => key.Day), keys.Max(key => key.Day));
        var found = new Dictionary<ChunkKey, BarChunk>();
        foreach (var tokens in keys.Select(key => key.TokenAddress).Distinct().Chunk(TokensAQuery))
        {
            var chunks = context.Set<BarChunk>()
                .Where(chunk => chunk.Day >= first && chunk.Day <= last && EF.Parameter(tokens).Contains(chunk.TokenAddress))
                .AsAsyncEnumerable();
            await foreach (var chunk in chunks.WithCancellation(cancellation))
            {
                var key = new ChunkKey(chunk.TokenAddress, chunk.IntervalSeconds, chunk.Day);
                if (keys.Contains(key))
                {
                    found.Add(key, chunk);
                }
            }
        }

        return found;
    }

    /// <summary>The new chunk, or null when all of it was there already.</summary>
    private static (BarChunk? Chunk, MergeCounts Counts) Merge(ChunkKey key, List<Bar> rows, BarChunk? stored)
    {
        Bar[] before = stored is null ? [] : BarCodec.Decode(stored.Data, stored.BarCount, key.Day, key.Interval);
        var byTime = before.ToDictionary(bar => bar.OpenTime.Ticks);
        var (accepted, replaced, duplicates, wide) = (0L, 0L, 0L, 0L);
        foreach (var bar in rows)
        {
            wide += bar.High >= 100 * bar.Low ? 1 : 0;
            if (byTime.TryAdd(bar.OpenTime.Ticks, bar))
            {
                accepted++;
            }
            else if (byTime[bar.OpenTime.Ticks] == bar)
            {
                duplicates++;
            }
            else
            {
                byTime[bar.OpenTime.Ticks] = bar;
                replaced++;
            }
        }

        var bars = byTime.Values.ToArray();
        Array.Sort(bars, (a, b) => a.OpenTime.CompareTo(b.OpenTime));
        var counts = new MergeCounts(accepted, replaced, duplicates, wide, Gaps(bars, key.Interval));
        if (accepted + replaced == 0)
        {
            return (null, counts);
        }

        var (data, hash) = BarCodec.Encode(bars, key.Day, key.Interval);
        return (new() { TokenAddress = key.TokenAddress, IntervalSeconds = key.IntervalSeconds, Day = key.Day, BarCount = bars.Length, ContentHash = hash, Data = data }, counts);
    }

    private static int Gaps(Bar[] bars, TimeSpan interval) =>
        bars.Skip(1).Zip(bars, (next, bar) => next.OpenTime - bar.OpenTime > interval ? 1 : 0).Sum();
}
