using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace WallTrack.Batches.Packing;

/// <summary>Reads what <see cref="SeriesWriter"/> wrote.</summary>
internal static class SeriesReader
{
    /// <summary>How many results are in the block.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    internal static int CountOf(ReadOnlySpan<byte> block) => SeriesBlock.CountOf(block);

    /// <param name="place">From 0, as <see cref="SeriesWriter.Add"/> gave it.</param>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    internal static ResultSeries Read(ReadOnlySpan<byte> block, int place)
    {
        var count = SeriesBlock.CountOf(block);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, count);
        try
        {
            return new(Trades(block, count, place), ImmutableCollectionsMarshal.AsImmutableArray(Equity(block, count, place)));
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            // The checksum is right, so whoever wrote this was not the writer; a place that is none shows it.
            throw SeriesBlock.Damaged();
        }
    }

    private static ImmutableArray<StoredTrade> Trades(ReadOnlySpan<byte> block, int count, int place)
    {
        var from = new PackedReader(SeriesBlock.Trades(block, count, place));
        var steps = from.Table(1)[0];
        var table = new TradeTable(SeriesBlock.Tables(block, count));
        var trades = new StoredTrade[steps.Length];
        var next = 0;
        for (var i = 0; i < trades.Length; i++)
        {
            next += (int)(uint)steps[i];
            trades[i] = table[next++];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(trades);
    }

    private static double[] Equity(ReadOnlySpan<byte> block, int count, int place)
    {
        // From the curve that refers to none to the one that is wanted.
        var places = new Stack<int>();
        for (var at = place; at != EquityCurves.Alone;)
        {
            places.Push(at);
            var reference = EquityCurves.ReferenceOf(SeriesBlock.Curve(block, count, at));
            at = reference < at ? reference : throw SeriesBlock.Damaged();
        }

        double[] points = [];
        while (places.TryPop(out var at))
        {
            points = EquityCurves.Read(SeriesBlock.Curve(block, count, at), points);
        }

        return points;
    }
}
