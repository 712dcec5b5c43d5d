using System.Buffers.Binary;
using System.Numerics;

namespace WallTrack.Batches;

/// <summary>
/// Bytes in which whole numbers lie eight by eight, each eight in as many bits a number as the largest of them needs:
/// one byte that says how many, w, and then w bytes. Keeps its room when it is cleared.
/// </summary>
internal sealed class PackedWriter
{
    internal const int GroupSize = 8;
    internal const int MostGroupBytes = 1 + (GroupSize * sizeof(long));

    // A number must fit into eight bytes wherever in its first byte it begins.
    private const int WidestShifted = 56;
    private const int Whole = 64;

    private byte[] _bytes = new byte[1 << 12];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
        Length += sizeof(int);
    }

    internal void Float(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        Length += sizeof(double);
    }

    internal void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    internal void Id(Guid id)
    {
        id.TryWriteBytes(Room(16));
        Length += 16;
    }

    /// <summary>The numbers in groups; the last one is filled up with zeros.</summary>
    internal void Numbers(ReadOnlySpan<ulong> numbers)
    {
        var to = Room(((numbers.Length / GroupSize) + 1) * MostGroupBytes);
        var length = 0;
        for (; numbers.Length >= GroupSize; numbers = numbers[GroupSize..])
        {
            length += Group(to[length..], numbers[..GroupSize], WidthOf(numbers[..GroupSize]), mark: 0);
        }

        if (numbers.Length > 0)
        {
            Span<ulong> last = stackalloc ulong[GroupSize];
            last.Clear();
            numbers.CopyTo(last);
            length += Group(to[length..], last, WidthOf(last), mark: 0);
        }

        Length += length;
    }

    /// <summary>Room for at least so many bytes, to be filled by <see cref="Group"/> and then told to <see cref="Advance"/>.</summary>
    internal Span<byte> Room(int bytes)
    {
        const int slack = sizeof(ulong); // groups are written in whole words
        if (_bytes.Length - Length < bytes + slack)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes + slack));
        }

        return _bytes.AsSpan(Length);
    }

    internal void Advance(int bytes) => Length += bytes;

    internal static int WidthOf(ReadOnlySpan<ulong> eight) =>
        WidthOf(eight[0] | eight[1] | eight[2] | eight[3] | eight[4] | eight[5] | eight[6] | eight[7]);

    /// <summary>How many bits a number it takes when these are all that any number has.</summary>
    internal static int WidthOf(ulong anyBits)
    {
        var width = Whole - BitOperations.LeadingZeroCount(anyBits);
        return width > WidestShifted ? Whole : width;
    }

    /// <param name="mark">One more bit that comes back with the group: 0 or 128.</param>
    /// <returns>How many bytes it took.</returns>
    internal static int Group(Span<byte> to, ReadOnlySpan<ulong> eight, int width, int mark)
    {
        to[0] = (byte)(width | mark);
        if (width == 0)
        {
            return 1;
        }

        to = to[1..];
        if (width == Whole)
        {
            for (var i = 0; i < GroupSize; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(to[(i * sizeof(ulong))..], eight[i]);
            }

            return MostGroupBytes;
        }

        var (word, used, at) = (0UL, 0, 0);
        foreach (var number in eight[..GroupSize])
        {
            word |= number << used;
            used += width;
            BinaryPrimitives.WriteUInt64LittleEndian(to[at..], word);
            at += used >> 3;
            word >>= used & ~7;
            used &= 7;
        }

        return 1 + width;
    }

    /// <summary>Signed to unsigned, small to small: 0, −1, 1, −2, … become 0, 1, 2, 3, …</summary>
    internal static ulong Fold(long value) => (ulong)((value << 1) ^ (value >> 63));
}
