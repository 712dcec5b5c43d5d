using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Tests.History;

namespace WallTrack.Tests.CommandLine;

/// <summary>A folder with signals.csv and bars.csv of two hours, three tokens and SOL, and the command line that replays them.</summary>
internal sealed class RunFiles : IDisposable
{
    public const string From = "2026-07-01T00:00:00Z";
    public const string To = "2026-07-01T02:00:00Z";
    private static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    /// <param name="solFromMinute">When the first SOL bar opens; null: there is none.</param>
    public RunFiles(int? solFromMinute = -10)
    {
        Signals = _folder.Write("signals.csv", CsvText.Of([.. Enumerable.Range(1, 12).Select(Signal)]));
        Bars = _folder.Write("bars.csv", CsvText.Of([.. Enumerable.Range(0, 120).SelectMany(BarsOf), .. SolBars(solFromMinute)]));
        Output = _folder.At("results.json");
    }

    public string Signals { get; }

    public string Bars { get; }

    public string Output { get; }

    /// <summary>Every file in the folder that the test did not write.</summary>
    public IEnumerable<string> NewFiles => _folder.Files.Where(file => file is not ("signals.csv" or "bars.csv" or "scenarios.json" or "pipe.csv"));

    /// <summary>run over the two files and all presets, into <see cref="Output"/>.</summary>
    public List<string> Arguments => ["run", "--signals", Signals, "--bars", Bars, "--preset", "all", "--from", From, "--to", To, "--output", Output];

    /// <summary>The same arguments, some options with other values; null leaves the option out.</summary>
    public List<string> With(params (string Option, string? Value)[] changes)
    {
        var arguments = Arguments;
        foreach (var (option, value) in changes)
        {
            var at = arguments.IndexOf(option);
            if (at >= 0)
                arguments.RemoveRange(at, 2);
            if (value is not null)
                arguments.AddRange([option, value]);
        }

        return arguments;
    }

    public List<string> WithScenarios(string json) => With(("--preset", null), ("--scenarios", _folder.Write("scenarios.json", json)));

    public List<string> WithScenarios(params Scenario[] scenarios) => WithScenarios(ScenarioJson.Write(scenarios));

    public string At(string name) => _folder.At(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>What the program should have read of them.</summary>
    public HistoryWindow Window(SolPrice? sol = null)
    {
        var bars = CsvHistory.ReadBars(Bars).Bars;
        return new(Start, Start.AddHours(2), CsvHistory.ReadSignals(Signals).Signals, bars, sol ?? SolPrice.FromBars(bars.Single(series => series.TokenAddress == Mint.WrappedSol)));
    }

    public void Dispose() => _folder.Dispose();

    private static string Token(int number) => $"Token{number}11111111111111111111111111111111111111";

    private static (string, string)[] Signal(int number) => CsvText.SignalNumber(number)
        .With("timestamp", Instant.Text(Start.AddSeconds(545 * number)))
        .With("token_address", Token(1 + (number % 3)))
        .With("wallet", $"0.{(number * 37) % 100:D2}").With("cluster", "0.9").With("token", "0.95").With("context", "0.85")
        .With("price_usd", $"{1 + (0.07 * number)}");

    /// <summary>One token climbs to five times its price, one falls by half, one goes up and down.</summary>
    private static IEnumerable<(string, string)[]> BarsOf(int minute) =>
    [
        BarAt(Token(1), minute, 1 + (minute / 30.0)), BarAt(Token(2), minute, 1.6 - (minute / 150.0)), BarAt(Token(3), minute, 1.5 + Math.Sin(minute / 9.0)),
    ];

    private static IEnumerable<(string, string)[]> SolBars(int? fromMinute) =>
        fromMinute is not { } first ? [] : Enumerable.Range(first, 120 - first).Where(minute => minute % 5 == 0).Select(minute => BarAt(Mint.WrappedSol, minute, 150 + (minute / 7.0), 300));

    private static (string, string)[] BarAt(string token, int minute, double price, int seconds = 60) => CsvText.Bar
        .With("token_address", token).With("open_time", Instant.Text(Start.AddMinutes(minute))).With("interval_seconds", $"{seconds}")
        .With("open", $"{price}").With("high", $"{price * 1.02}").With("low", $"{price * 0.97}").With("close", $"{price * 1.01}");
}
