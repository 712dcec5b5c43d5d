using System.CommandLine;
using System.Globalization;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>run</c>: replays scenarios over stored history, or over that of CSV files, and prints how they compare.</summary>
internal static class RunVerb
{
    private static readonly Option<string?> Signals = Arguments.Text("--signals", "FILE", "Signals straight from a CSV file, also gzipped, instead of the stored history.");
    private static readonly Option<string?> Bars = Arguments.Text("--bars", "FILE", "With --signals: bars of their tokens and of SOL, a CSV file, also gzipped.");
    private static readonly Option<int?> Interval = Arguments.Whole("--interval", "SECONDS", "Seconds a bar lasts, for bars that do not say it.");
    private static readonly Option<string?> Scenarios = Arguments.Text("--scenarios", "FILE.json", "Scenarios, a JSON file: one object or an array.");
    private static readonly Option<string?> Preset = Arguments.Text("--preset", "NAME", $"Instead of a file: all, or one of {string.Join(", ", Presets.All.Select(preset => $"\"{preset.Name}\""))}.");
    private static readonly Option<string?> From = Arguments.Text("--from", "INSTANT", "Start of the window, included; an instant such as 2026-07-01 or 2026-07-01T12:00:00Z.");
    private static readonly Option<string?> To = Arguments.Text("--to", "INSTANT", "End of the window, excluded.");
    private static readonly Option<int?> Workers = Arguments.Whole("--workers", "N", "Scenarios replayed at once, 1 to 64; as many as there are cores when not given.");
    private static readonly Option<double?> SolUsd = Arguments.Number("--sol-usd", "X", "One SOL price in USD for the whole window, instead of SOL's own bars.");
    private static readonly Option<string?> Name = Arguments.Text("--name", "TEXT", "What to call the batch.");
    private static readonly Option<string?> Output = Arguments.Text("--output", "FILE.json", "Writes all results, with trades and equity curves, to a JSON file.");

    private static readonly Option<string?> Database = DatabaseOption.Create();

    public static Command Create()
    {
        var command = new Command("run", "Replays scenarios over a window of history and prints how they compare.")
        {
            Signals, Bars, Interval, Scenarios, Preset, From, To, Workers, SolUsd, Name, Output, Database,
        };
        command.SetAction((arguments, cancellation) => Task.Run(() => RunAsync(arguments, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        // What is cheap to check comes first: nobody should wait for a large file to learn of a typing error.
        var (from, to) = Window(arguments);
        var solUsd = SolUsdOf(arguments.GetValue(SolUsd));
        var interval = IntervalOf(arguments.GetValue(Interval));
        var workers = WorkersOf(arguments);
        var scenarios = ScenariosOf(arguments);
        using var output = arguments.GetValue(Output) is { } path ? OutputFile.Open(path) : null;

        var screen = new Screen();
        var request = new BatchRequest { Name = arguments.GetValue(Name) ?? "", Scenarios = scenarios, From = from, To = to, Workers = workers, SolUsd = solUsd };
        if (request.Fault is { } fault)
            throw new RefusedException(fault);
        return (arguments.GetValue(Signals), arguments.GetValue(Bars)) switch
        {
            ({ } signals, { } bars) => await RunOverFilesAsync(screen, request, signals, bars, interval, output, cancellation),
            (null, null) => await RunAsync(screen, request, await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation), null, output, cancellation),
            (null, _) => throw new RefusedException("--bars goes with --signals FILE; without both, run uses the stored history."),
            (_, null) => throw new RefusedException("Give the bars of the signals' tokens with --bars FILE."),
        };
    }

    /// <summary>Over history that is not to be kept: the batch goes through a database that goes away with the run.</summary>
    private static async Task<int> RunOverFilesAsync(Screen screen, BatchRequest request, string signals, string bars, TimeSpan? interval, OutputFile? output, CancellationToken cancellation)
    {
        var (window, rejected) = CsvWindow.Read(screen, signals, bars, interval, request.From, request.To, request.SolUsd);
        var folder = Directory.CreateTempSubdirectory("walltrack-run-");
        try
        {
            // Without pooling nothing holds the file when its folder goes.
            var database = await DatabaseOption.OpenAsync($"Data Source={Path.Combine(folder.FullName, "walltrack.db")};Pooling=False", cancellation);
            return Math.Max(rejected > 0 ? ExitCode.Partly : ExitCode.Done, await RunAsync(screen, request, database, window, output, cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(Screen screen, BatchRequest request, Database database, HistoryWindow? window, OutputFile? output, CancellationToken cancellation)
    {
        await using var process = await BatchProcess.StartAsync(database, cancellation);
        if (window is not null)
            await process.Library.HoldAsync(window, request.SolUsd, cancellation);
        var batch = await process.Runner.StartAsync(request, cancellation);
        var end = await process.WatchAsync(screen, batch);
        screen.ShowResults(end, await process.BestAsync(batch, Screen.MostRows));
        if (output is not null)
        {
            await output.WriteAsync(stream => process.Export.WriteJsonAsync(batch, stream, CancellationToken.None));
            screen.Say($"Results written to {output.Path}.");
        }

        if (window is null)
            screen.Say($"Stored as batch {batch}{(end.CanResume ? "; the dashboard can resume it" : "")}.");
        return end is { Failed: 0, Cancelled: 0 } ? ExitCode.Done : ExitCode.Partly;
    }

    private static (DateTime From, DateTime To) Window(ParseResult arguments)
    {
        var from = InstantOf(arguments, From, "--from");
        var to = InstantOf(arguments, To, "--to");
        return from < to ? (from, to) : throw new RefusedException(
            $"The window ends at {Instant.Text(to)}, which is not after its start, {Instant.Text(from)}: --to must lie after --from.");
    }

    private static DateTime InstantOf(ParseResult arguments, Option<string?> option, string name)
    {
        var text = Given(arguments, option, $"Give the window with --from INSTANT and --to INSTANT; {name} is missing.");
        return Instant.TryParse(text, out var instant) ? instant
            : throw new RefusedException($"{name} is \"{text}\"; it must be an instant such as 2026-07-01 or 2026-07-01T12:00:00Z.");
    }

    private static double? SolUsdOf(double? usd) => usd is null || (usd > 0 && double.IsFinite(usd.Value)) ? usd
        : throw new RefusedException($"--sol-usd is {usd}; it must be above 0.");

    private static int WorkersOf(ParseResult arguments) =>
        arguments.GetValue(Workers) is not { } workers ? Math.Min(Environment.ProcessorCount, 64)
        : workers is >= 1 and <= 64 ? workers
        : throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"--workers is {workers}; it must be at least 1 and at most 64."));

    /// <exception cref="RefusedException">It is not a length that bars can have.</exception>
    public static TimeSpan? IntervalOf(int? seconds) =>
        seconds is null ? null
        : seconds is >= 1 and <= 86400 ? TimeSpan.FromSeconds(seconds.Value)
        : throw new RefusedException($"--interval is {seconds}; it must be at least 1 and at most 86400 seconds.");

    private static IReadOnlyList<Scenario> ScenariosOf(ParseResult arguments)
    {
        switch (arguments.GetValue(Scenarios), arguments.GetValue(Preset))
        {
            case ({ } file, null):
                return ScenarioFile.Read(file);
            case (null, { } name) when name.Equals("all", StringComparison.OrdinalIgnoreCase):
                return Presets.All;
            case (null, { } name):
                return [Presets.Find(name) ?? throw new RefusedException(
                    $"There is no preset \"{name}\"; it must be all, or one of {string.Join(", ", Presets.All.Select(preset => $"\"{preset.Name}\""))}.")];
            default:
                throw new RefusedException("Give either --scenarios FILE.json or --preset NAME (or --preset all).");
        }
    }

    private static string Given(ParseResult arguments, Option<string?> option, string otherwise) =>
        arguments.GetValue(option) is { Length: > 0 } value ? value : throw new RefusedException(otherwise);
}
