using System.Text;
using CsvHelper;

namespace WallTrack.History;

/// <summary>A file is refused as a whole; the message is one sentence for the operator.</summary>
public sealed class UnreadableFileException(string sentence, Exception? inner = null) : Exception(sentence, inner);

/// <summary>A row that was not taken, with what it said.</summary>
/// <param name="Line">Of the file, the header being line 1.</param>
public sealed record RejectedRow(long Line, string Reason, string Text);

/// <summary>Why rows are rejected, in the operator's words.</summary>
public static class RejectReason
{
    public const string Time = "unparsable time";
    public const string Number = "unparsable number";
    public const string Missing = "missing required value";
    public const string NotFinite = "NaN or infinity";
    public const string Price = "price not above 0";
    public const string Ohlc = "OHLC inconsistent";
    public const string Score = "score component outside 0 to 1";
    public const string Negative = "negative value";
    public const string Address = "address not base58 of 32 to 44 characters";
    public const string Id = "id is not a UUID";
    public const string Breakdown = "unparsable score breakdown";
    public const string Flag = "flag is neither true nor false";
    public const string TooLong = "more values than the header has columns";
    public const string IdTaken = "duplicate id with other content";
}

/// <summary>Rows of a CSV file with a header, gzipped or not, read in a stream.</summary>
internal sealed class CsvTable : IDisposable
{
    private const int LongestRow = 64 << 20; // longer ones are rejected like any bad row; this only bounds the memory
    private const int MostShared = 200_000; // 30 MB of addresses

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false, // one stray quote must not swallow the rest of the file
        MaxRecordSize = LongestRow,
    };

    private readonly string _name;
    private readonly FileStream _file;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _used = [];
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private string _lastShared = "";
    private int _width;

    private CsvTable(FileStream file, Stream text) => (_name, _file, _reader) = (Path.GetFileName(file.Name), file, CsvReader.Create(text, Options));

    /// <summary>How much of the file is read, 0 … 1.</summary>
    internal double Fraction => _file.Length == 0 ? 1 : _file.Position / (double)_file.Length;

    internal long Line => _reader.LineNumber;

    internal string Text => Encoding.UTF8.GetString(_reader.RawRecord);

    /// <summary>The row says more than the header has names for: a decimal comma, most likely, has moved its fields.</summary>
    internal bool IsTooLong
    {
        get
        {
            for (var place = _width; place < _reader.FieldCount; place++)
            {
                if (!_reader.IsEmpty(place))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Columns of the header that nobody asked for.</summary>
    internal IReadOnlyList<string> IgnoredColumns => [.. _columns.Where(column => !_used.Contains(column.Value)).Select(column => column.Key)];

    /// <exception cref="UnreadableFileException">There is no such file, it cannot be opened, or it has no header.</exception>
    internal static CsvTable Open(string path)
    {
        CsvTable? table = null;
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
            if (!file.CanSeek)
            {
                file.Dispose();
                throw new UnreadableFileException($"{path} is a pipe or a device; give a file.");
            }

            table = new(file, GzipFile.Is(file) ? new GzipFile(file) : file);
            table.ReadHeader();
            return table;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            table?.Dispose();
            throw new UnreadableFileException(exception is FileNotFoundException or DirectoryNotFoundException
                ? $"There is no file {path}."
                : $"File {path} cannot be read: {exception.Message}", exception);
        }
        catch
        {
            table?.Dispose();
            throw;
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads on to the very end, to know before the first row is used that the file does not break off.</summary>
    /// <exception cref="UnreadableFileException">It does.</exception>
    internal void CheckToTheEnd(CancellationToken cancellation)
    {
        while (Read())
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The place of the first of these names in the header, or −1.</summary>
    internal int Column(params string[] names)
    {
        foreach (var name in names)
        {
            if (_columns.TryGetValue(name, out var place))
            {
                _used.Add(place);
                return place;
            }
        }

        return -1;
    }

    /// <exception cref="UnreadableFileException">The header has none of these names.</exception>
    internal int Needed(params string[] names) => Column(names) is >= 0 and var place ? place
        : throw new UnreadableFileException($"File {_name} has no column {string.Join(" or ", names)}; its header names {string.Join(", ", _columns.Keys.Take(20).Select(Short))}.");

    /// <exception cref="UnreadableFileException">The file breaks off: what was read of it must not be used.</exception>
    internal bool Read() => Guarded(_reader.Read);

    /// <summary>The text of an ASCII field, one string for all rows that say the same: addresses recur by the thousand.</summary>
    internal string Shared(ReadOnlySpan<byte> field)
    {
        if (Ascii.Equals(field, _lastShared))
        {
            return _lastShared;
        }

        Span<char> letters = stackalloc char[field.Length];
        Encoding.ASCII.GetChars(field, letters);
        var known = _shared.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(letters, out _lastShared!))
        {
            _lastShared = letters.ToString();
            if (_shared.Count < MostShared)
            {
                _shared.Add(_lastShared);
            }
        }

        return _lastShared;
    }

    /// <summary>The field at that place, UTF-8; empty when the row or the column is not there.</summary>
    internal ReadOnlySpan<byte> this[int place] => place >= 0 ? _reader.GetSpan(place) : default;

    private static string Short(string name) => name.Length <= 40 ? $"\"{name}\"" : $"\"{name[..40]}…\"";

    private void ReadHeader()
    {
        var headers = Guarded(() => _reader.Headers);
        if (headers.Count == 0)
        {
            throw new UnreadableFileException($"File {_name} is empty.");
        }

        _width = headers.Count;
        for (var place = 0; place < headers.Count; place++)
        {
            _columns.TryAdd(headers[place].Trim(), place);
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadableFileException($"File {_name} is a damaged or truncated gzip file; nothing of it was used.", exception);
        }
        catch (Exception exception) when (exception is IOException or CsvFormatException)
        {
            throw new UnreadableFileException($"File {_name} cannot be read as CSV: {exception.Message}", exception);
        }
    }
}
