using System.CommandLine;
using WallTrack.History;
using WallTrack.Storage;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>import</c>: takes signals and bars from CSV files into the stored history.</summary>
internal static class ImportVerb
{
    private static readonly Option<string?> Signals = Arguments.Text("--signals", "FILE", "Signals, a CSV file, also gzipped.");
    private static readonly Option<string?> Bars = Arguments.Text("--bars", "FILE", "Bars, a CSV file, also gzipped.");
    private static readonly Option<int?> Interval = Arguments.Whole("--interval", "SECONDS", "Seconds a bar lasts, for bars that do not say it.");
    private static readonly Option<string?> Rejects = Arguments.Text("--rejects", "FILE", "Writes the rejected rows to a CSV file: line, reason, text.");
    private static readonly Option<string?> Database = DatabaseOption.Create();

    public static Command Create()
    {
        var command = new Command("import", "Takes signals and bars from CSV files into the stored history.") { Signals, Bars, Interval, Rejects, Database };
        command.SetAction((arguments, cancellation) => Task.Run(() => RunAsync(arguments, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (signals, bars) = (arguments.GetValue(Signals), arguments.GetValue(Bars));
        if (signals is null && bars is null)
            throw new RefusedException("Give a file to import: --signals FILE, --bars FILE, or both.");
        var interval = RunVerb.IntervalOf(arguments.GetValue(Interval));
        using var rejects = arguments.GetValue(Rejects) is { } path ? OutputFile.Open(path) : null;
        var database = await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation);
        var contexts = database.CreateContextFactory();
        var importer = new HistoryImporter(contexts, database, TimeProvider.System);
        var screen = new Screen();

        var records = new List<ImportRecord>();
        if (signals is not null)
            records.Add(await screen.WithImportProgressAsync(signals, progress => importer.ImportSignalsAsync(signals, progress: progress, cancellation: cancellation)));
        if (bars is not null)
            records.Add(await screen.WithImportProgressAsync(bars, progress => importer.ImportBarsAsync(bars, interval, progress: progress, cancellation: cancellation)));

        records.ForEach(record => Report(screen, record));
        if (rejects is not null)
        {
            var log = new ImportLog(contexts);
            await rejects.WriteAsync(async stream =>
            {
                foreach (var record in records)
                    await log.WriteRejectsAsync(record.Id, stream, cancellation);
            });
            screen.Say($"Rejected rows written to {rejects.Path}.");
        }

        return records.Exists(record => record.Rejected > 0) ? ExitCode.Partly : ExitCode.Done;
    }

    /// <summary>One line for what was taken, one for each thing that the operator should know.</summary>
    public static void Report(Screen screen, ImportRecord record)
    {
        screen.Print($"{record.FileName}: {record.Rows:#,0} rows, {record.Accepted:#,0} new{Clause(record.Replaced, "replaced")}{Clause(record.Duplicates, "known already")}{Clause(record.Rejected, "rejected")}.");
        foreach (var (reason, count) in record.RejectedByReason.OrderByDescending(reason => reason.Value))
            screen.Warn($"  {count:#,0} rejected: {reason}.");
        foreach (var (warning, count) in record.Warnings)
            screen.Warn($"  {count:#,0} {warning}.");
        if (record.IgnoredColumns.Count > 0)
            screen.Say($"  Ignored columns: {string.Join(", ", record.IgnoredColumns)}.");
    }

    private static string Clause(long count, string what) => count == 0 ? "" : $", {count:#,0} {what}";
}
