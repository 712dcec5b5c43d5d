using System.CommandLine;
using WallTrack.History;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>demo</c>: stores a made-up history.</summary>
internal static class DemoVerb
{
    private static readonly MadeUpHistoryOptions Defaults = new();
    private static readonly Option<int> Signals = Whole("--signals", Defaults.Signals, "Signals to make up.");
    private static readonly Option<int> Tokens = Whole("--tokens", Defaults.Tokens, "Tokens they are about.");
    private static readonly Option<int> Days = Whole("--days", Defaults.Days, $"Days they are spread over, from {Defaults.Start:yyyy-MM-dd} on.");
    private static readonly Option<int> BarHours = Whole("--bar-hours", Defaults.BarHours, "Hours of one-minute bars a token has on average.", least: 2);
    private static readonly Option<int> Seed = new("--seed") { Description = $"The same seed gives the same history. {Defaults.Seed} when not given.", DefaultValueFactory = _ => Defaults.Seed, HelpName = "N" };
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
            Signals = arguments.GetValue(Signals),
            Tokens = arguments.GetValue(Tokens),
            Days = arguments.GetValue(Days),
            BarHours = arguments.GetValue(BarHours),
            Seed = arguments.GetValue(Seed),
        };
        var database = await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation);
        var importer = new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System);
        var screen = new Screen();
        var record = await screen.WithImportProgressAsync("Making up history", progress => importer.ImportMadeUpAsync(options, progress, cancellation));
        ImportVerb.Report(screen, record);
        screen.Print($"Try it: run --preset all --from {Instant.Text(options.Start)} --to {Instant.Text(options.End)}");
        return ExitCode.Done;
    }

    private static Option<int> Whole(string name, int otherwise, string description, int least = 1)
    {
        var option = new Option<int>(name) { Description = $"{description} {otherwise:#,0} when not given.", DefaultValueFactory = _ => otherwise, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < least)
                result.AddError($"{name} is {value}; it must be at least {least}.");
        });
        return option;
    }
}
