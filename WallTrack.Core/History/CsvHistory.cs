namespace WallTrack.History;

/// <summary>What became of a file's rows. The counts add up: rows = kept + duplicates + replaced + rejected.</summary>
/// <param name="Kept">Distinct signals or bars.</param>
/// <param name="Duplicates">Rows that repeat another in every value.</param>
/// <param name="Replaced">Bars that a later row gave other values.</param>
public sealed record FileReport(string File, int Rows, int Kept, int Duplicates, int Replaced, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> IgnoredColumns)
{
    /// <summary>How many rows were rejected for which reason, most first.</summary>
    public IEnumerable<(string Reason, int Count)> RejectedByReason() =>
        Rejected.CountBy(row => row.Reason).OrderByDescending(reason => reason.Value).Select(reason => (reason.Key, reason.Value));
}

/// <summary>A history straight from CSV files, all of it in memory; for runs without a database.</summary>
public static class CsvHistory
{
    /// <exception cref="UnreadableFileException">The file is refused as a whole.</exception>
    public static (IReadOnlyList<Signal> Signals, FileReport Report) ReadSignals(string path)
    {
        using var csv = new SignalCsv(path);
        var byId = new Dictionary<Guid, Signal>();
        var rejected = new List<RejectedRow>();
        var (rows, duplicates) = (0, 0);
        foreach (var (signal, reject) in csv.Rows())
        {
            rows++;
            if (signal is null)
            {
                rejected.Add(reject!);
            }
            else if (byId.TryAdd(signal.Id, signal))
            {
                continue;
            }
            else if (byId[signal.Id] == signal)
            {
                duplicates++;
            }
            else
            {
                rejected.Add(csv.Rejected(RejectReason.IdTaken));
            }
        }

        return ([.. byId.Values], new(path, rows, byId.Count, duplicates, 0, rejected, csv.IgnoredColumns));
    }

    /// <summary>One series a token and interval.</summary>
    /// <param name="interval">Of rows that name none.</param>
    /// <exception cref="UnreadableFileException">The file is refused as a whole.</exception>
    public static (IReadOnlyList<BarSeries> Bars, FileReport Report) ReadBars(string path, TimeSpan? interval = null)
    {
        using var csv = new BarCsv(path, interval);
        var series = new Dictionary<(string Token, TimeSpan Interval), Dictionary<long, Bar>>();
        var rejected = new List<RejectedRow>();
        var (rows, duplicates, replaced) = (0, 0, 0);
        foreach (var (row, reject) in csv.Rows())
        {
            rows++;
            if (row is not { } bar)
            {
                rejected.Add(reject!);
                continue;
            }

            var key = (bar.TokenAddress, bar.Interval);
            if (!series.TryGetValue(key, out var bars))
            {
                series.Add(key, bars = []);
            }

            if (!bars.TryAdd(bar.Bar.OpenTime.Ticks, bar.Bar))
            {
                var same = bars[bar.Bar.OpenTime.Ticks] == bar.Bar;
                duplicates += same ? 1 : 0;
                replaced += same ? 0 : 1;
                bars[bar.Bar.OpenTime.Ticks] = bar.Bar;
            }
        }

        var kept = series.Values.Sum(bars => bars.Count);
        return (
            [.. series.Select(pair => BarSeries.From(pair.Key.Token, pair.Key.Interval, pair.Value.Values.OrderBy(bar => bar.OpenTime)))],
            new(path, rows, kept, duplicates, replaced, rejected, csv.IgnoredColumns));
    }
}
