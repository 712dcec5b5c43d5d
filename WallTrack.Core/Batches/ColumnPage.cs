namespace WallTrack.Batches;

/// <summary>
/// Rows of whole numbers that are written column by column, so many rows at a time that they stay near the processor.
/// A column of zeros, as that of what a formula got wrong is as a rule, takes one byte a page.
/// </summary>
internal sealed class ColumnPage(int columns)
{
    internal const int Rows = 256;
    internal const byte Zeros = 0;
    internal const byte Numbers = 1;
    private readonly ulong[] _numbers = new ulong[columns * Rows];
    private int _row;

    /// <summary>Sets a number of the row that is being made; each must be set.</summary>
    internal ulong this[int column]
    {
        set => _numbers[(column * Rows) + _row] = value;
    }

    internal void EndRow(PackedWriter to)
    {
        if (++_row == Rows)
        {
            Flush(to);
        }
    }

    /// <summary>Writes the rows that wait; every table ends with it.</summary>
    internal void Flush(PackedWriter to)
    {
        for (var column = 0; column < columns && _row > 0; column++)
        {
            var numbers = _numbers.AsSpan(column * Rows, _row);
            if (numbers.ContainsAnyExcept(0UL))
            {
                to.Byte(Numbers);
                to.Numbers(numbers);
            }
            else
            {
                to.Byte(Zeros);
            }
        }

        _row = 0;
    }
}
