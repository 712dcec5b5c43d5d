using System.Globalization;
using System.Text.Json;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.CommandLine;

/// <summary>Runs that do their work: what they print, what they write, and how they end.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task A_good_run_prints_the_comparison_best_first_and_exits_0()
    {
        using var files = new RunFiles();
        var run = await WallTrackProcess.RunAsync(files.With(("--output", null)));

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("12 signals about 3 tokens from 2026-07-01T00:00:00Z to 2026-07-01T02:00:00Z\n", run.Output, StringComparison.Ordinal);
        var names = run.Output.Split('\n').Select(line => line.Split('│')).Where(cells => cells.Length > 3 && int.TryParse(cells[1], out _)).Select(cells => cells[2].Trim()).ToArray();
        var pnl = Simulate(files, Presets.All).ToDictionary(outcome => outcome.Scenario.Name, outcome => outcome.Replay!.Metrics.TotalPnlSol);
        Assert.Equal(pnl.OrderByDescending(pair => pair.Value).Select(pair => pair.Key), names);
        Assert.All(["P&L, SOL", "Return", "Max drawdown", "Trades", "Win rate", "Profit factor", "Sharpe", "Average hold, h"], column => Assert.Contains(column, run.Output, StringComparison.Ordinal));
        Assert.Empty(files.NewFiles);
    }

    [Fact]
    public async Task The_figures_of_the_table_are_those_of_the_simulator()
    {
        using var files = new RunFiles();
        var run = await WallTrackProcess.RunAsync(files.With(("--preset", "quick flip"), ("--output", null)));

        var metrics = Assert.Single(Simulate(files, [Presets.QuickFlip])).Replay!.Metrics;
        var cells = run.Output.Split('\n').Single(line => line.Contains("Quick Flip", StringComparison.Ordinal)).Split('│', StringSplitOptions.TrimEntries);
        Assert.Equal(metrics.TotalPnlSol, double.Parse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture), 1e-3);
        Assert.Equal(metrics.TotalTrades, int.Parse(cells[6], CultureInfo.InvariantCulture));
        Assert.Equal(100 * metrics.WinRate!.Value, double.Parse(cells[7].TrimEnd('%', ' '), CultureInfo.InvariantCulture), 1e-1);
    }

    [Fact]
    public async Task Progress_goes_to_standard_error_and_counts_the_scenarios()
    {
        using var files = new RunFiles();
        var run = await WallTrackProcess.RunAsync(files.Arguments);

        var said = run.ErrorLines.Where(line => line.Contains("scenarios done", StringComparison.Ordinal)).ToList();
        Assert.Equal("5 of 5 scenarios done", said[^1]); // how many come before it depends on how fast they are
        Assert.Equal(said.Distinct().Order(StringComparer.Ordinal), said);
        Assert.DoesNotContain("done", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Results written to {files.Output}.", run.ErrorLines);
        Assert.Equal(["results.json"], files.NewFiles);
    }

    [Fact]
    public async Task Rejected_rows_are_reported_and_exit_1()
    {
        using var files = new RunFiles();
        File.AppendAllText(files.Signals, File.ReadLines(files.Signals).Last().Replace("0.95", "1.95", StringComparison.Ordinal) + "\n");
        var run = await WallTrackProcess.RunAsync(files.Arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("  1 rejected: score component outside 0 to 1 (line 14, for one).", run.ErrorLines);
        Assert.Equal("completed", Results(files).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_scenario_that_fails_for_want_of_a_SOL_price_does_not_stop_the_others_and_exits_1()
    {
        using var files = new RunFiles(solFromMinute: 60); // positions entered before it cannot be priced
        var run = await WallTrackProcess.RunAsync(files.WithScenarios(
            Scenario.From(new() { Name = "Eager", ScoreThreshold = 0 }), Scenario.From(new() { Name = "Idle", ScoreThreshold = 1 })));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("2 of 2 scenarios done, 1 failed", run.ErrorLines);
        var results = Results(files);
        Assert.Equal("completed", results.GetProperty("status").GetString());
        var (eager, idle) = (results.GetProperty("results")[0], results.GetProperty("results")[1]);
        Assert.Equal(("failed", "completed"), (eager.GetProperty("status").GetString(), idle.GetProperty("status").GetString()));
        Assert.StartsWith("No SOL price is known at 2026-07-01T", eager.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, eager.GetProperty("metrics").ValueKind);
        Assert.Equal(0, idle.GetProperty("metrics").GetProperty("total_trades").GetInt32());
    }

    [Fact]
    public async Task When_every_scenario_fails_so_does_the_batch()
    {
        using var files = new RunFiles(solFromMinute: 60);
        var run = await WallTrackProcess.RunAsync(files.WithScenarios(Scenario.From(new() { Name = "Eager", ScoreThreshold = 0 })));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("failed", Results(files).GetProperty("status").GetString());
    }

    [Fact]
    public async Task One_SOL_price_for_the_whole_window_stands_in_for_bars()
    {
        using var files = new RunFiles(solFromMinute: null);
        var run = await WallTrackProcess.RunAsync(files.With(("--sol-usd", "142.5"), ("--workers", "3"), ("--name", "Ünnamed \"batch\"")));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Ünnamed \"batch\"", Results(files).GetProperty("name").GetString());
        Assert.Equal(files.Window(SolPrice.Constant(142.5)).Fingerprint, Results(files).GetProperty("history_fingerprint").GetString());
    }

    [Fact]
    public async Task The_number_of_workers_changes_nothing_in_the_results()
    {
        using var files = new RunFiles();
        var texts = new List<string>();
        foreach (var workers in new[] { "1", "4" })
        {
            await WallTrackProcess.RunAsync(files.With(("--workers", workers)));
            texts.Add(Results(files).GetProperty("results").GetRawText());
        }

        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task An_output_that_is_there_already_is_replaced()
    {
        using var files = new RunFiles();
        File.WriteAllText(files.Output, new string('x', 1_000_000));

        Assert.Equal(0, (await WallTrackProcess.RunAsync(files.Arguments)).ExitCode);
        Assert.Equal("completed", Results(files).GetProperty("status").GetString());
    }

    // A continuous-integration variable makes some consoles colour what goes into a file; the warning is the coloured line.
    [Theory]
    [InlineData("TERM", "xterm-256color")]
    [InlineData("GITHUB_ACTIONS", "true")]
    [InlineData("TEAMCITY_VERSION", "2026.1")]
    [InlineData("COLUMNS", "40")]
    public async Task Redirected_streams_are_free_of_escapes_and_carriage_returns(string variable, string value)
    {
        using var files = new RunFiles();
        File.AppendAllText(files.Signals, "bad row\n");
        using var process = WallTrackProcess.Start(files.Arguments, new Dictionary<string, string> { [variable] = value });
        var run = await process.EndAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(run.Output + run.Error, character => char.IsControl(character) && character != '\n');
        Assert.Equal(10, run.Output.TrimEnd('\n').Split('\n').Length); // one line on the history, one a row of the table: none is wrapped
    }

    // A name comes from a file, perhaps somebody else's: it must not move the cursor, nor forge a row of the table.
    [Fact]
    public async Task A_name_with_control_characters_does_not_reach_the_screen_as_such()
    {
        using var files = new RunFiles();
        var run = await WallTrackProcess.RunAsync(files.WithScenarios("""{ "name": "Red \u001b[31m and\nbroken" }"""));

        Assert.DoesNotContain(run.Output + run.Error, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith("broken", StringComparison.Ordinal));
    }

    private static List<Outcome> Simulate(RunFiles files, IReadOnlyList<Scenario> scenarios)
    {
        var worker = new Simulator(files.Window()).CreateWorker();
        return [.. scenarios.Select(scenario => worker.Run(scenario))];
    }

    private static JsonElement Results(RunFiles files)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(files.Output));
        return document.RootElement.Clone();
    }
}
