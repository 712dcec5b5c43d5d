using System.Globalization;
using System.Text;

namespace WallTrack.History;

/// <summary>Reads fields of one row; the first that is wrong gives the row's reason.</summary>
internal ref struct CsvField(CsvTable table)
{
    private readonly CsvTable _table = table;

    /// <summary>Null while nothing is wrong.</summary>
    internal string? Reason { get; private set; }

    internal DateTime Time(int column)
    {
        var text = Required(column);
        Span<char> letters = stackalloc char[64];
        return text.Length <= letters.Length && Encoding.UTF8.TryGetChars(text, letters, out var length) && Instant.TryParse(letters[..length], out var instant)
            ? instant
            : Reject<DateTime>(RejectReason.Time);
    }

    /// <summary>Above 0 and finite.</summary>
    internal double Price(int column)
    {
        var number = Number(Required(column)) ?? 0;
        return number > 0 ? number : Reject<double>(RejectReason.Price);
    }

    /// <summary>At least 0, or null when the field is empty.</summary>
    internal double? Amount(int column) => Number(_table[column]) is not { } number ? null : number >= 0 ? number : Reject<double?>(RejectReason.Negative);

    /// <summary>In [0, 1], or null when the field is empty.</summary>
    internal double? Score(int column) => Score(Number(_table[column]));

    internal double? Score(double? number) => number is null or (>= 0 and <= 1) ? number : Reject<double?>(RejectReason.Score);

    internal string Address(int column)
    {
        var text = Required(column);
        return text.Length is >= 32 and <= 44 && !text.ContainsAnyExcept(Base58) ? _table.Shared(text) : Reject<string>(RejectReason.Address) ?? "";
    }

    internal bool? Flag(int column) => _table[column] switch
    {
        { IsEmpty: true } => null,
        var text when Ascii.EqualsIgnoreCase(text, "true"u8) || text.SequenceEqual("1"u8) => true,
        var text when Ascii.EqualsIgnoreCase(text, "false"u8) || text.SequenceEqual("0"u8) => false,
        _ => Reject<bool?>(RejectReason.Flag),
    };

    internal Guid? Id(int column) => _table[column] is { IsEmpty: false } text
        ? Guid.TryParse(text, out var id) ? id : Reject<Guid?>(RejectReason.Id)
        : null;

    internal T? Reject<T>(string reason)
    {
        Reason ??= reason;
        return default;
    }

    private static readonly System.Buffers.SearchValues<byte> Base58 = System.Buffers.SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8);

    private ReadOnlySpan<byte> Required(int column)
    {
        var text = _table[column];
        if (text.IsEmpty)
        {
            Reject<int>(RejectReason.Missing);
        }

        return text;
    }

    private double? Number(ReadOnlySpan<byte> text) =>
        text.IsEmpty ? null
        : !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Reject<double?>(RejectReason.Number)
        : double.IsFinite(number) ? number
        : Reject<double?>(RejectReason.NotFinite);
}
