using System.IO.Compression;
using System.Text;
using System.Text.Json;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>
/// Twelve random histories, with about eight scenarios each, against the results of <c>Oracle/oracle.py</c>: a third
/// implementation, written in another language from the contract alone by somebody who had not seen the other two.
/// </summary>
/// <remarks>Its numbers are compared to 1e-12: Python's sums may group otherwise, its powers round otherwise.</remarks>
public sealed class OracleTests
{
    private const double Tolerance = 1e-12;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Simulation", "Oracle");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_simulator_agrees_with_the_oracle(string name)
    {
        var folder = Path.Combine(Folder, name);
        var arguments = File.ReadAllText(Path.Combine(folder, "arguments.txt")).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var scenarios = ScenarioJson.Read(File.ReadAllText(Path.Combine(folder, "scenarios.json"))).Select(entry => entry.Scenario!).ToArray();
        var window = Window(folder, arguments);
        var outcomes = new Outcome?[scenarios.Length];
        new Simulator(window).Run(scenarios, 2, (place, outcome) => outcomes[place] = outcome);

        using var actual = new MemoryStream();
        await ResultsJson.WriteAsync(actual, new(Guid.Empty, name, "completed", window.From, window.To, Simulator.EngineVersion, window.Fingerprint),
            scenarios.Select((scenario, place) => ResultsEntry.Of(scenario, outcomes[place], window)).ToAsyncEnumerable());
        using var expected = JsonDocument.Parse(Unzipped(Path.Combine(folder, "expected.json.gz")));
        using var results = JsonDocument.Parse(actual.ToArray());
        var differences = new List<string>();
        foreach (var (left, right) in expected.RootElement.GetProperty("results").EnumerateArray().Zip(results.RootElement.GetProperty("results").EnumerateArray(), (left, right) => (left, right)))
        {
            foreach (var part in new[] { "status", "metrics", "skipped", "trades", "equity" })
                Compare($"{left.GetProperty("scenario_name")}.{part}", left.GetProperty(part), right.GetProperty(part), differences);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(10)));
    }

    [Fact]
    public void There_are_twelve_cases_with_hundreds_of_trades()
    {
        var trades = Cases.Sum(@case =>
        {
            using var expected = JsonDocument.Parse(Unzipped(Path.Combine(Folder, @case.Data, "expected.json.gz")));
            return expected.RootElement.GetProperty("results").EnumerateArray().Sum(result => result.GetProperty("trades").GetArrayLength());
        });

        Assert.Equal(12, Cases.Count);
        Assert.True(trades > 1_500, $"only {trades} trades");
    }

    private static HistoryWindow Window(string folder, string[] arguments)
    {
        DateTime At(string option) => Instant.TryParse(arguments[Array.IndexOf(arguments, option) + 1], out var instant) ? instant : throw new FormatException(option);
        var (signals, _) = CsvHistory.ReadSignals(Path.Combine(folder, "signals.csv.gz"));
        var (bars, _) = CsvHistory.ReadBars(Path.Combine(folder, "bars.csv.gz"));
        var usd = Array.IndexOf(arguments, "--sol-usd");
        var sol = usd < 0
            ? SolPrice.FromBars(bars.Single(series => series.TokenAddress == Mint.WrappedSol))
            : SolPrice.Constant(double.Parse(arguments[usd + 1], System.Globalization.CultureInfo.InvariantCulture));
        return new(At("--from"), At("--to"), signals, bars, sol);
    }

    private static void Compare(string path, JsonElement expected, JsonElement actual, List<string> differences)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Number when actual.ValueKind == JsonValueKind.Number:
                var (x, y) = (expected.GetDouble(), actual.GetDouble());
                if (!(Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y))))
                    differences.Add($"{path}: {x:R} expected, {y:R} found");
                break;
            case JsonValueKind.Object when actual.ValueKind == JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                    Compare($"{path}.{property.Name}", property.Value, actual.TryGetProperty(property.Name, out var value) ? value : default, differences);
                break;
            case JsonValueKind.Array when actual.ValueKind == JsonValueKind.Array:
                if (expected.GetArrayLength() != actual.GetArrayLength())
                    differences.Add($"{path}: {expected.GetArrayLength()} expected, {actual.GetArrayLength()} found");
                foreach (var (left, place) in expected.EnumerateArray().Take(actual.GetArrayLength()).Select((element, place) => (element, place)))
                    Compare($"{path}[{place}]", left, actual[place], differences);
                break;
            case JsonValueKind.String when Instant.TryParse(expected.GetString(), out var instant):
                if (!Instant.TryParse(actual.GetString(), out var other) || instant != other)
                    differences.Add($"{path}: {expected} expected, {actual} found");
                break;
            default:
                if (!Equals(expected.ToString(), actual.ValueKind == JsonValueKind.Undefined ? null : actual.ToString()))
                    differences.Add($"{path}: {expected} expected, {actual} found");
                break;
        }
    }

    private static string Unzipped(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
