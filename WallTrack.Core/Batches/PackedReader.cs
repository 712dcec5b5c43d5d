using System.Buffers.Binary;

namespace WallTrack.Batches;

/// <summary>Reads what <see cref="PackedWriter"/> wrote; what lies beyond the end is damage.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly int Left => _rest.Length;

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    /// <summary>How many rows follow, each of which takes at least so many bytes.</summary>
    internal int CountOfAtLeast(int bytes) => Int32() is var count && count >= 0 && (long)count * bytes <= Left ? count : throw SeriesBlock.Damaged();

    internal double Float() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    internal byte Byte() => Bytes(1)[0];

    internal ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw SeriesBlock.Damaged();
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>The columns of so many rows, as <see cref="ColumnPage"/> wrote them.</summary>
    internal ulong[][] Table(int rows, int columns)
    {
        // Each page takes a byte a column at least, so that no damage leads to an allocation out of proportion.
        if (rows < 0 || ((long)rows + ColumnPage.Rows - 1) / ColumnPage.Rows * columns > Left)
        {
            throw SeriesBlock.Damaged();
        }

        var table = new ulong[columns][];
        foreach (ref var column in table.AsSpan())
        {
            column = new ulong[rows];
        }

        for (var row = 0; row < rows; row += ColumnPage.Rows)
        {
            foreach (var column in table)
            {
                if (Byte() != ColumnPage.Zeros)
                {
                    Numbers(column.AsSpan(row..Math.Min(row + ColumnPage.Rows, rows)));
                }
            }
        }

        return table;
    }

    internal void Numbers(scoped Span<ulong> numbers)
    {
        Span<ulong> eight = stackalloc ulong[PackedWriter.GroupSize];
        for (; !numbers.IsEmpty; numbers = numbers[Math.Min(eight.Length, numbers.Length)..])
        {
            Group(eight);
            eight[..Math.Min(eight.Length, numbers.Length)].CopyTo(numbers);
        }
    }

    /// <returns>The group's mark.</returns>
    internal int Group(scoped Span<ulong> eight)
    {
        var head = Byte();
        var width = head & 127;
        if (width > 56 && width != 64)
        {
            throw SeriesBlock.Damaged();
        }

        // A number may begin anywhere in a byte and is read as a whole word, beyond the group's end if need be.
        Span<byte> words = stackalloc byte[PackedWriter.MostGroupBytes + sizeof(ulong)];
        words.Clear();
        Bytes(width).CopyTo(words);
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        for (var i = 0; i < PackedWriter.GroupSize; i++)
        {
            var bit = i * width;
            eight[i] = (BinaryPrimitives.ReadUInt64LittleEndian(words[(bit >> 3)..]) >> (bit & 7)) & mask;
        }

        return head & 128;
    }

    /// <summary>The inverse of <see cref="PackedWriter.Fold"/>.</summary>
    internal static long Unfold(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
