using System.CommandLine;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>demo</c>: stores a made-up history.</summary>
internal static class DemoVerb
{
    private static readonly MadeUpHistoryOptions Defaults = new();
    private static readonly Option<int?> Signals = Arguments.Whole("--signals", "N", $"Signals to make up. {Defaults.Signals:#,0} when not given.");
    private static readonly Option<int?> Tokens = Arguments.Whole("--tokens", "N", $"Tokens they are about. {Defaults.Tokens:#,0} when not given.");
    private static readonly Option<int?> Days = Arguments.Whole("--days", "N", $"Days they are spread over, from {Defaults.Start:yyyy-MM-dd} on. {Defaults.Days} when not given.");
    private static readonly Option<int?> BarHours = Arguments.Whole("--bar-hours", "N", $"Hours of one-minute bars a token has on average. {Defaults.BarHours} when not given.");
    private static readonly Option<int?> Seed = Arguments.Whole("--seed", "N", $"The same seed gives the same history. {Defaults.Seed} when not given.");
    private static readonly Option<string?> Database = DatabaseOption.Create();

    public static Command Create()
    {
        var command = new Command("demo", "Stores a made-up but realistic history, to try WallTrack with.") { Signals, Tokens, Days, BarHours, Seed, Database };
        command.SetAction((arguments, cancellation) => Task.Run(() => RunAsync(arguments, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var options = new MadeUpHistoryOptions
        {
            Signals = AtLeast(1, arguments.GetValue(Signals) ?? Defaults.Signals, "--signals"),
            Tokens = AtLeast(1, arguments.GetValue(Tokens) ?? Defaults.Tokens, "--tokens"),
            Days = AtLeast(1, arguments.GetValue(Days) ?? Defaults.Days, "--days"),
            BarHours = AtLeast(2, arguments.GetValue(BarHours) ?? Defaults.BarHours, "--bar-hours"),
            Seed = arguments.GetValue(Seed) ?? Defaults.Seed,
        };
        var database = await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation);
        var importer = new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System);
        var screen = new Screen();
        var record = await screen.WithImportProgressAsync("Making up history", progress => importer.ImportMadeUpAsync(options, progress, cancellation));
        ImportVerb.Report(screen, record);
        screen.Print($"Try it: run --preset all --from {Instant.Text(options.Start)} --to {Instant.Text(options.End)}");
        return ExitCode.Done;
    }

    private static int AtLeast(int least, int value, string name) =>
        value >= least ? value : throw new RefusedException($"{name} is {value}; it must be at least {least}.");
}
