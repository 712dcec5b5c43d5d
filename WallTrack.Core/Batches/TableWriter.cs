using System.Runtime.Intrinsics;

namespace WallTrack.Batches;

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
        var (group, place) = Math.DivRem(_row++, PackedWriter.GroupSize);
        return new(_page.AsSpan((group * columns * PackedWriter.GroupSize) + place));
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
            var (group, place) = Math.DivRem(_row++, PackedWriter.GroupSize);
            for (var column = 0; column < columns; column++)
            {
                _page[(((group * columns) + column) * PackedWriter.GroupSize) + place] = 0;
            }
        }

        var groups = _row / PackedWriter.GroupSize;
        for (var column = 0; column < columns && groups > 0; column++)
        {
            Write(column, groups);
        }

        _row = 0;
    }

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

/// <summary>A row being made, whose numbers lie eight apart.</summary>
internal readonly ref struct Row(Span<ulong> page)
{
    private readonly Span<ulong> _page = page;

    internal ulong this[int column]
    {
        set => _page[column * PackedWriter.GroupSize] = value;
    }
}
