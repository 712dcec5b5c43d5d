using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WallTrack.Batches.Packing;

/// <summary>
/// Bytes in which whole numbers lie eight by eight, each eight in as many bits a number as the largest of them needs:
/// one byte that says how many, w, and then w bytes. Keeps its room when it is cleared.
/// </summary>
internal sealed class PackedWriter
{
    internal const int GroupSize = 8;
    internal const int MostGroupBytes = 1 + (GroupSize * sizeof(ulong)) + Slack;

    /// <summary>A number of up to so many bits fits into eight bytes wherever in its first byte it begins; wider ones take 64.</summary>
    internal const int WidestShifted = 56;
    internal const int Whole = 64;

    private const int Slack = sizeof(ulong); // groups are written in whole words
    private byte[] _bytes = new byte[1 << 12];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

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

    internal void Id(Guid id)
    {
        id.TryWriteBytes(Room(16));
        Length += 16;
    }

    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Room for at least so many bytes, of which <see cref="Advance"/> tells how many were used.</summary>
    internal Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }

    internal void Advance(int bytes) => Length += bytes;

    /// <summary>The bits that any of eight numbers has.</summary>
    internal static ulong AnyBits(Vector512<ulong> values)
    {
        var half = values.GetLower() | values.GetUpper();
        var quarter = half.GetLower() | half.GetUpper();
        return quarter.ToScalar() | quarter.GetElement(1);
    }

    /// <summary>How many bits a number it takes when these are all that any number has.</summary>
    internal static int WidthOf(ulong anyBits)
    {
        var width = Whole - BitOperations.LeadingZeroCount(anyBits);
        return width > WidestShifted ? Whole : width;
    }

    /// <summary>Writes the first eight of the numbers.</summary>
    /// <param name="to">Room for <see cref="MostGroupBytes"/>.</param>
    /// <param name="mark">One more bit that comes back with the group: 0 or 128.</param>
    /// <returns>How many bytes it took.</returns>
    internal static int Group(Span<byte> to, ReadOnlySpan<ulong> numbers, int width, int mark)
    {
        ref var start = ref MemoryMarshal.GetReference(to[..MostGroupBytes]);
        start = (byte)(width | mark);
        start = ref Unsafe.Add(ref start, 1);
        var (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var (e, f, g, h) = (numbers[4], numbers[5], numbers[6], numbers[7]);
        if (width == Whole)
        {
            numbers = numbers[..GroupSize];
            for (var i = 0; i < GroupSize; i++)
            {
                Store(ref Unsafe.Add(ref start, i * sizeof(ulong)), numbers[i]);
            }

            return 1 + Whole;
        }

        // Narrow numbers are first joined two by two, and again, as long as two fit: a number put into the stream must
        // wait for the one before it.
        var stream = new BitStream(ref start);
        var bits = width;
        if (bits > WidestShifted / 2)
        {
            stream.Put(a, bits);
            stream.Put(b, bits);
            stream.Put(c, bits);
            stream.Put(d, bits);
            stream.Put(e, bits);
            stream.Put(f, bits);
            stream.Put(g, bits);
            stream.Put(h, bits);
            return 1 + width;
        }

        (a, b, c, d, bits) = (a | (b << bits), c | (d << bits), e | (f << bits), g | (h << bits), 2 * bits);
        if (bits > WidestShifted / 2)
        {
            stream.Put(a, bits);
            stream.Put(b, bits);
            stream.Put(c, bits);
            stream.Put(d, bits);
            return 1 + width;
        }

        (a, b, bits) = (a | (b << bits), c | (d << bits), 2 * bits);
        stream.Put(a, bits);
        stream.Put(b, bits);
        return 1 + width;
    }

    /// <summary>Signed to unsigned, small to small: 0, −1, 1, −2, … become 0, 1, 2, 3, …</summary>
    internal static ulong Fold(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Store(ref byte to, ulong word) =>
        Unsafe.WriteUnaligned(ref to, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));

    private ref struct BitStream(ref byte start)
    {
        private ref byte _at = ref start;
        private ulong _word;
        private int _used; // bits of the word, fewer than eight

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Put(ulong number, int bits)
        {
            _word |= number << _used;
            _used += bits;
            Store(ref _at, _word);
            _at = ref Unsafe.Add(ref _at, _used >> 3);
            _word >>= _used & ~7;
            _used &= 7;
        }
    }
}
