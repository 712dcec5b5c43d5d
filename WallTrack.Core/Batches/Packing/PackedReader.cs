using System.Buffers.Binary;

namespace WallTrack.Batches.Packing;

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

    /// <summary>The columns that <see cref="TableWriter"/> wrote.</summary>
    internal ulong[][] Table(int columns)
    {
        // Each page takes a byte a column at least, so that no damage leads to an allocation out of proportion.
        var rows = Int32();
        if (rows < 0 || ((long)rows + TableWriter.Rows - 1) / TableWriter.Rows * columns > Left)
        {
            throw SeriesBlock.Damaged();
        }

        var table = new ulong[columns][];
        foreach (ref var column in table.AsSpan())
        {
            column = new ulong[rows];
        }

        for (var row = 0; row < rows; row += TableWriter.Rows)
        {
            foreach (var column in table)
            {
                if (Byte() != TableWriter.Zeros)
                {
                    Numbers(column.AsSpan(row..Math.Min(row + TableWriter.Rows, rows)));
                }
            }
        }

        return table;
    }

    /// <summary>A table of one column of folded numbers.</summary>
    internal long[] SignedColumn() => Array.ConvertAll(Table(1)[0], Unfold);

    private void Numbers(scoped Span<ulong> numbers)
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
        if (width > PackedWriter.WidestShifted && width != PackedWriter.Whole)
        {
            throw SeriesBlock.Damaged();
        }

        // A number may begin anywhere in a byte and is read as a whole word, beyond the group's end if need be.
        Span<byte> words = stackalloc byte[PackedWriter.MostGroupBytes + sizeof(ulong)];
        words.Clear();
        Bytes(width).CopyTo(words);
        var mask = width == PackedWriter.Whole ? ulong.MaxValue : (1UL << width) - 1;
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
