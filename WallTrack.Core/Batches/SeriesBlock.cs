using System.Buffers.Binary;
using System.Numerics;

namespace WallTrack.Batches;

/// <summary>The frame of a block: version (1 byte), checksum of what follows (4), number of results (4), and the rest.</summary>
internal static class SeriesBlock
{
    internal const byte Version = 1;
    internal const int ChecksumAt = 1;
    internal const int CountAt = 5;
    internal const int HeaderBytes = 9;

    internal static uint ChecksumOf(ReadOnlySpan<byte> block)
    {
        var rest = block[CountAt..];
        var checksum = ~0u;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        foreach (var value in rest)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }

    internal static InvalidDataException Damaged() => new("The stored trades and equity curves of a slice are damaged: run the batch again.");
}
