namespace WallTrack.History;

/// <summary>One row of bars.csv.</summary>
internal readonly record struct BarRow(string TokenAddress, TimeSpan Interval, Bar Bar);

/// <summary>Reads bars.csv row by row: each row is a bar or a rejected row, never nothing.</summary>
internal sealed class BarCsv : IDisposable
{
    private readonly CsvTable _table;
    private readonly TimeSpan? _interval;
    private readonly int _token, _time, _seconds, _open, _high, _low, _close, _volume;

    /// <param name="interval">Of rows that name none.</param>
    /// <exception cref="UnreadableFileException">The file cannot be read as bars at all.</exception>
    internal BarCsv(string path, TimeSpan? interval)
    {
        (_table, _interval) = (CsvTable.Open(path), interval);
        try
        {
            _token = _table.Needed("token_address");
            _time = _table.Needed("open_time", "timestamp");
            _open = _table.Needed("open");
            _high = _table.Needed("high");
            _low = _table.Needed("low");
            _close = _table.Needed("close");
            _seconds = _table.Column("interval_seconds");
            if (_seconds < 0 && interval is null)
            {
                throw new UnreadableFileException($"File {Path.GetFileName(path)} has no column interval_seconds: say how many seconds a bar lasts (on the command line with --interval).");
            }
        }
        catch
        {
            _table.Dispose();
            throw;
        }

        _volume = _table.Column("volume");
    }

    /// <summary>How much of the file is read, 0 … 1.</summary>
    internal double Fraction => _table.Fraction;

    internal IReadOnlyList<string> IgnoredColumns => _table.IgnoredColumns;

    public void Dispose() => _table.Dispose();

    internal IEnumerable<(BarRow? Bar, RejectedRow? Rejected)> Rows()
    {
        while (_table.Read())
        {
            var bar = Parse(out var reason);
            yield return bar is null ? (null, new(_table.Line, reason, _table.Text)) : (bar, null);
        }
    }

    private BarRow? Parse(out string reason)
    {
        var field = new CsvField(_table);
        if (_table.IsTooLong)
        {
            field.Reject<int>(RejectReason.TooLong);
        }

        var token = field.Address(_token);
        var time = field.Time(_time);
        var interval = field.Amount(_seconds) is { } seconds
            ? seconds is >= 1 and <= 86400 ? TimeSpan.FromSeconds(Math.Round(seconds)) : field.Reject<TimeSpan>(RejectReason.Number)
            : _interval ?? field.Reject<TimeSpan>(RejectReason.Missing);
        var (open, high, low, close) = (field.Price(_open), field.Price(_high), field.Price(_low), field.Price(_close));
        var volume = field.Amount(_volume) ?? 0;
        if (field.Reason is null && !(low <= open && low <= close && open <= high && close <= high))
        {
            field.Reject<int>(RejectReason.Ohlc);
        }

        reason = field.Reason ?? "";
        return field.Reason is null ? new(token, interval, new(time, open, high, low, close, volume)) : null;
    }
}
