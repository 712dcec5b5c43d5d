using System.Globalization;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>A window of history straight from two CSV files, and words on what is in them.</summary>
internal static class CsvWindow
{
    /// <param name="solUsd">Null: the price comes from SOL's own bars.</param>
    /// <returns>The window, and how many rows of the two files were not taken.</returns>
    /// <exception cref="RefusedException">There is nothing to replay in the window, or no SOL price.</exception>
    /// <exception cref="UnreadableFileException">A file is refused as a whole.</exception>
    public static (HistoryWindow Window, int Rejected) Read(Screen screen, string signalsPath, string barsPath, TimeSpan? interval, DateTime from, DateTime to, double? solUsd)
    {
        var (signals, signalReport) = screen.WithStatus($"Reading {signalsPath}", () => CsvHistory.ReadSignals(signalsPath));
        Report(screen, signalReport, "signals");
        if (!signals.Any(signal => signal.Time >= from && signal.Time < to))
        {
            throw new RefusedException(signals.Count == 0
                ? $"File {signalsPath} holds no usable signal."
                : $"No signal of {signalsPath} lies in the window from {Instant.Text(from)} to {Instant.Text(to)}; they go from {Instant.Text(signals.Min(signal => signal.Time))} to {Instant.Text(signals.Max(signal => signal.Time))}.");
        }

        var (bars, barReport) = screen.WithStatus($"Reading {barsPath}", () => CsvHistory.ReadBars(barsPath, interval));
        Report(screen, barReport, "bars");
        var sol = solUsd is { } usd ? SolPrice.Constant(usd) : SolFrom(bars, barsPath, from, to);
        return (new(from, to, signals, bars, sol), signalReport.Rejected.Count + barReport.Rejected.Count);
    }

    private static SolPrice SolFrom(IReadOnlyList<BarSeries> bars, string path, DateTime from, DateTime to)
    {
        var sol = BarSeries.Choose(bars.Where(series => series.TokenAddress == Mint.WrappedSol), from, to);
        return sol is not null && sol.ClosedBy(to.Ticks) > 0
            ? SolPrice.FromBars(sol)
            : throw new RefusedException(
                $"There is no SOL price: {path} holds no bar of {Mint.WrappedSol} that closes by {Instant.Text(to)}. Add such bars, or give one price with --sol-usd X.");
    }

    private static void Report(Screen screen, FileReport report, string things)
    {
        screen.Say(string.Create(CultureInfo.InvariantCulture, $"{report.File}: {report.Kept:#,0} {things} kept of {report.Rows:#,0} rows.")
            + Clause(report.Duplicates, "repeated") + Clause(report.Replaced, "replaced by a later row"));
        foreach (var (reason, count) in report.RejectedByReason())
        {
            var example = report.Rejected.First(row => row.Reason == reason);
            screen.Warn(string.Create(CultureInfo.InvariantCulture, $"  {count:#,0} rejected: {reason} (line {example.Line}, for one)."));
        }

        if (report.IgnoredColumns.Count > 0)
        {
            screen.Say($"  Ignored columns: {string.Join(", ", report.IgnoredColumns)}.");
        }
    }

    private static string Clause(int count, string what) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {count:#,0} {what}.");
}
