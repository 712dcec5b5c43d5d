using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WallTrack.Batches.Packing;

/// <summary>
/// Rows of whole numbers, written column by column and so many rows at a time that they stay near the processor. A
/// column of zeros, as that of what formulas missed is as a rule, takes one byte a page.
/// </summary>
internal sealed class TableWriter(int columns)
{
    /// <summary>Of a page.</summary>
    internal const int Rows = 256;
    internal const byte Zeros = 0;
    internal const byte Numbers = 1;
    private readonly ulong[] _page = new ulong[columns * Rows]; // eight rows after eight, of each eight column by column
    private readonly PackedWriter _written = new();
    private int _row;

    internal int Count { get; private set; }

    internal void Clear()
    {
        _written.Clear();
        (Count, _row) = (0, 0);
    }

    /// <summary>A new row, all of whose numbers must be set before the next.</summary>
    internal Row Row()
    {
        if (_row == Rows)
        {
            Flush();
        }

        Count++;
        return new(ref _page[PlaceOf(_row++)]);
    }

    internal void WriteTo(PackedWriter to)
    {
        Flush();
        to.Int32(Count);
        to.Bytes(_written.Written);
    }

    private void Flush()
    {
        while (_row % PackedWriter.GroupSize != 0)
        {
            var row = new Row(ref _page[PlaceOf(_row++)]);
            for (var column = 0; column < columns; column++)
            {
                row[column] = 0;
            }
        }

        var groups = _row / PackedWriter.GroupSize;
        for (var column = 0; column < columns && groups > 0; column++)
        {
            Write(column, groups);
        }

        _row = 0;
    }

    /// <summary>Of the first number of a row.</summary>
    private int PlaceOf(int row) => ((row >> 3) * columns * PackedWriter.GroupSize) + (row & (PackedWriter.GroupSize - 1));

    private void Write(int column, int groups)
    {
        var room = _written.Room(1 + (groups * PackedWriter.MostGroupBytes));
        var (length, anyOfAll) = (1, 0UL);
        for (var group = 0; group < groups; group++)
        {
            var eight = _page.AsSpan(((group * columns) + column) * PackedWriter.GroupSize, PackedWriter.GroupSize);
            var any = PackedWriter.AnyBits(Vector512.Create<ulong>(eight));
            anyOfAll |= any;
            if (any == 0)
            {
                room[length++] = 0;
            }
            else
            {
                length += PackedWriter.Group(room[length..], eight, PackedWriter.WidthOf(any), mark: 0);
            }
        }

        room[0] = anyOfAll == 0 ? Zeros : Numbers;
        _written.Advance(anyOfAll == 0 ? 1 : length);
    }
}

/// <summary>A row being made, whose numbers lie eight apart. Whoever fills it knows how many it has: nothing is checked.</summary>
internal readonly ref struct Row(ref ulong first)
{
    private readonly ref ulong _first = ref first;

    internal ulong this[int column]
    {
        set => Unsafe.Add(ref _first, column * PackedWriter.GroupSize) = value;
    }
}
