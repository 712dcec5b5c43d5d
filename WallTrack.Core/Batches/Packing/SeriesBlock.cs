using System.Buffers.Binary;
using System.Numerics;

namespace WallTrack.Batches.Packing;

/// <summary>
/// The frame of a block: version (1 byte), checksum of all that follows (16), number of results (4), length of the tables
/// (4); for each result where its equity curve and its trades end, counted from the end of the tables (4 and 4); then
/// the tables, and for each result its curve and its trades.
/// </summary>
internal static class SeriesBlock
{
    private const byte Version = 1;
    private const int ChecksumAt = 1;
    private const int CountAt = 17;
    private const int TablesLengthAt = 21;
    private const int IndexAt = 25;
    private const int IndexBytes = 8;

    internal static byte[] Seal(ReadOnlySpan<byte> body, int tablesLength, ReadOnlySpan<(int Curve, int Trades)> ends)
    {
        var bodyAt = IndexAt + (ends.Length * IndexBytes);
        var block = GC.AllocateUninitializedArray<byte>(bodyAt + body.Length);
        block[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(CountAt), ends.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(TablesLengthAt), tablesLength);
        for (var i = 0; i < ends.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(IndexAt + (i * IndexBytes)), ends[i].Curve);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(IndexAt + (i * IndexBytes) + 4), ends[i].Trades);
        }

        body.CopyTo(block.AsSpan(bodyAt));
        Sign(block);
        return block;
    }

    /// <summary>Puts the checksum of what a block holds into its place.</summary>
    internal static void Sign(Span<byte> block)
    {
        var (a, b, c, d) = ChecksumOf(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[ChecksumAt..], a);
        BinaryPrimitives.WriteUInt32LittleEndian(block[(ChecksumAt + 4)..], b);
        BinaryPrimitives.WriteUInt32LittleEndian(block[(ChecksumAt + 8)..], c);
        BinaryPrimitives.WriteUInt32LittleEndian(block[(ChecksumAt + 12)..], d);
    }

    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    internal static int CountOf(ReadOnlySpan<byte> block)
    {
        if (block.Length < IndexAt || block[0] != Version || !IsIntact(block))
        {
            throw Damaged();
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(block[CountAt..]);
        return count >= 0 && (long)count * IndexBytes <= block.Length - IndexAt ? count : throw Damaged();
    }

    /// <summary>The tables of a block that is whole.</summary>
    internal static ReadOnlySpan<byte> Tables(ReadOnlySpan<byte> block, int count) =>
        Part(block[(IndexAt + (count * IndexBytes))..], 0, BinaryPrimitives.ReadInt32LittleEndian(block[TablesLengthAt..]));

    internal static ReadOnlySpan<byte> Curve(ReadOnlySpan<byte> block, int count, int place) => Result(block, count, (2 * place) - 1);

    internal static ReadOnlySpan<byte> Trades(ReadOnlySpan<byte> block, int count, int place) => Result(block, count, 2 * place);

    internal static InvalidDataException Damaged() => new("The stored trades and equity curves of a slice are damaged: run the batch again.");

    private static ReadOnlySpan<byte> Result(ReadOnlySpan<byte> block, int count, int endBefore)
    {
        var ends = block.Slice(IndexAt, count * IndexBytes);
        var results = block[(IndexAt + ends.Length + Tables(block, count).Length)..];
        var from = endBefore < 0 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(ends[(endBefore * sizeof(int))..]);
        return Part(results, from, BinaryPrimitives.ReadInt32LittleEndian(ends[((endBefore + 1) * sizeof(int))..]));
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int from, int to) =>
        from >= 0 && from <= to && to <= bytes.Length ? bytes[from..to] : throw Damaged();

    /// <summary>
    /// CRC-32C, which processors compute by themselves, of each of four runs of words in turn: one alone would wait for
    /// its own last step. All four are kept, because one sum of them can hide that words moved from run to run.
    /// </summary>
    private static (uint A, uint B, uint C, uint D) ChecksumOf(ReadOnlySpan<byte> block)
    {
        var rest = block[CountAt..];
        var (a, b, c, d) = (~0u, ~0u, ~0u, ~0u);
        for (; rest.Length >= 32; rest = rest[32..])
        {
            a = BitOperations.Crc32C(a, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            b = BitOperations.Crc32C(b, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            c = BitOperations.Crc32C(c, BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]));
            d = BitOperations.Crc32C(d, BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]));
        }

        foreach (var value in rest)
        {
            a = BitOperations.Crc32C(a, value);
        }

        return (a, b, c, d);
    }

    private static bool IsIntact(ReadOnlySpan<byte> block)
    {
        var (a, b, c, d) = ChecksumOf(block);
        var stored = block[ChecksumAt..CountAt];
        return BinaryPrimitives.ReadUInt32LittleEndian(stored) == a && BinaryPrimitives.ReadUInt32LittleEndian(stored[4..]) == b
            && BinaryPrimitives.ReadUInt32LittleEndian(stored[8..]) == c && BinaryPrimitives.ReadUInt32LittleEndian(stored[12..]) == d;
    }
}
