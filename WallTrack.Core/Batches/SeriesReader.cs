using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>Reads what <see cref="SeriesWriter"/> wrote.</summary>
internal static class SeriesReader
{
    /// <summary>How many results are in the block.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    internal static int CountOf(ReadOnlySpan<byte> block)
    {
        if (block.Length < SeriesBlock.HeaderBytes
            || block[0] != SeriesBlock.Version
            || BinaryPrimitives.ReadUInt32LittleEndian(block[SeriesBlock.ChecksumAt..]) != SeriesBlock.ChecksumOf(block))
        {
            throw SeriesBlock.Damaged();
        }

        return BinaryPrimitives.ReadInt32LittleEndian(block[SeriesBlock.CountAt..]);
    }

    /// <param name="place">From 0, as <see cref="SeriesWriter.Add"/> gave it.</param>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    internal static ResultSeries Read(ReadOnlySpan<byte> block, int place)
    {
        var count = CountOf(block);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, count);
        var ends = block.Slice(SeriesBlock.HeaderBytes, count * sizeof(int));
        var from = place == 0 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(ends[((place - 1) * sizeof(int))..]);
        var to = BinaryPrimitives.ReadInt32LittleEndian(ends[(place * sizeof(int))..]);
        using var reader = new BinaryReader(new MemoryStream(block[(SeriesBlock.HeaderBytes + (count * sizeof(int)))..][from..to].ToArray()), Encoding.UTF8);
        var trades = new StoredTrade[reader.ReadInt32()];
        foreach (ref var trade in trades.AsSpan())
        {
            trade = new(
                new(reader.ReadBytes(16)), reader.ReadString(), reader.ReadString(), reader.ReadDouble(), new(reader.ReadInt64(), DateTimeKind.Utc),
                reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), new(reader.ReadInt64(), DateTimeKind.Utc),
                reader.ReadDouble(), reader.ReadDouble(), Fills(reader));
        }

        var equity = new double[reader.ReadInt32()];
        foreach (ref var value in equity.AsSpan())
        {
            value = reader.ReadDouble();
        }

        return new([.. trades], [.. equity]);
    }

    private static ImmutableArray<Fill> Fills(BinaryReader reader)
    {
        var fills = new Fill[reader.ReadInt32()];
        foreach (ref var fill in fills.AsSpan())
        {
            fill = new(reader.ReadInt64(), (ExitReason)reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        }

        return [.. fills];
    }
}
