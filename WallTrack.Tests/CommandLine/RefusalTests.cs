using WallTrack.Tests.History;
using WallTrack.Tests.Scenarios;

namespace WallTrack.Tests.CommandLine;

/// <summary>What cannot be done is refused with exit code 2, a sentence on standard error, and nothing left on the disk.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly RunFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public Task A_signals_file_that_is_not_there() => RefusedAsync(_files.With(("--signals", _files.At("none.csv"))), $"There is no file {_files.At("none.csv")}.");

    [Fact]
    public Task A_bars_file_that_is_not_there() => RefusedAsync(_files.With(("--bars", _files.At("none.csv"))), $"There is no file {_files.At("none.csv")}.");

    [Fact]
    public Task A_signals_file_without_a_needed_column() => RefusedAsync(
        _files.With(("--signals", _files.Write("signals.csv", CsvText.Of(CsvText.Signal.Without("price_usd"))))),
        "^File signals.csv has no column price_usd or token_price_usd; its header names \"id\", .*\\.$");

    [Fact]
    public Task A_bars_file_without_a_needed_column() => RefusedAsync(
        _files.With(("--bars", _files.Write("bars.csv", CsvText.Of(CsvText.Bar.Without("close"))))), "^File bars.csv has no column close; its header names .*\\.$");

    [Fact]
    public Task An_empty_signals_file() => RefusedAsync(_files.With(("--signals", _files.Write("signals.csv", ""))), "File signals.csv is empty.");

    [Fact]
    public Task A_signals_file_with_a_header_alone() => RefusedAsync(
        _files.With(("--signals", _files.Write("signals.csv", "timestamp,wallet_address,token_address,wallet,price_usd\n"))), $"File {_files.Signals} holds no usable signal.");

    [Fact]
    public async Task A_scenario_with_ten_faults_is_ten_lines()
    {
        var run = await RefusedAsync(_files.WithScenarios(ScenarioJsonRefusalTests.TenFaults));

        Assert.Equal(10, run.ErrorLines.Length);
        Assert.All(run.ErrorLines, line => Assert.Matches(@"^scenarios\.json, Ten: [^\n]+\.$", line));
    }

    [Fact]
    public Task A_scenario_file_that_is_not_JSON() => RefusedAsync(
        _files.WithScenarios("{ \"name\": \"X\",\n  \"fee_bps\": }"), "^File .*scenarios.json holds no scenarios: This is not valid JSON at line 2: .*\\.$");

    [Fact]
    public Task A_scenario_file_that_is_not_there() => RefusedAsync(_files.With(("--preset", null), ("--scenarios", _files.At("none.json"))), $"There is no file {_files.At("none.json")}.");

    [Fact]
    public Task A_window_that_ends_before_it_starts() => RefusedAsync(
        _files.With(("--to", "2026-06-30")), "The window ends at 2026-06-30T00:00:00Z, which is not after its start, 2026-07-01T00:00:00Z: --to must lie after --from.");

    [Fact]
    public Task A_window_without_signals() => RefusedAsync(
        _files.With(("--from", "2025-01-01"), ("--to", "2025-02-01")),
        $"No signal of {_files.Signals} lies in the window from 2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z; they go from 2026-07-01T00:09:05Z to 2026-07-01T01:49:00Z.");

    [Fact]
    public async Task No_SOL_price()
    {
        using var files = new RunFiles(solFromMinute: null);

        await RefusedAsync(files.Arguments,
            $"There is no SOL price: {files.Bars} holds no bar of So11111111111111111111111111111111111111112 that closes by 2026-07-01T02:00:00Z. Add such bars, or give one price with --sol-usd X.", files);
    }

    [Fact]
    public Task An_unknown_preset() => RefusedAsync(
        _files.With(("--preset", "Careful")), "There is no preset \"Careful\"; it must be all, or one of \"Conservative\", \"Balanced\", \"Aggressive Moonbag\", \"Quick Flip\", \"Diamond Hands\".");

    [Fact]
    public Task Neither_preset_nor_scenarios() => RefusedAsync(_files.With(("--preset", null)), "Give either --scenarios FILE.json or --preset NAME (or --preset all).");

    [Fact]
    public Task Both_preset_and_scenarios() => RefusedAsync(
        _files.With(("--scenarios", _files.Write("scenarios.json", "{ \"name\": \"X\" }"))), "Give either --scenarios FILE.json or --preset NAME (or --preset all).");

    [Theory]
    [InlineData("--workers", "0", "--workers is 0; it must be at least 1 and at most 64.")]
    [InlineData("--workers", "65", "--workers is 65; it must be at least 1 and at most 64.")]
    [InlineData("--workers", "-1", "--workers is -1; it must be at least 1 and at most 64.")]
    [InlineData("--sol-usd", "0", "--sol-usd is 0; it must be above 0.")]
    [InlineData("--sol-usd", "-5", "--sol-usd is -5; it must be above 0.")]
    [InlineData("--sol-usd", "NaN", "--sol-usd is NaN; it must be above 0.")]
    [InlineData("--interval", "0", "--interval is 0; it must be at least 1 and at most 86400 seconds.")]
    [InlineData("--from", "yesterday", "--from is \"yesterday\"; it must be an instant such as 2026-07-01 or 2026-07-01T12:00:00Z.")]
    [InlineData("--to", "07/02/2026", "--to is \"07/02/2026\"; it must be an instant such as 2026-07-01 or 2026-07-01T12:00:00Z.")]
    [InlineData("--to", null, "Give the window with --from INSTANT and --to INSTANT; --to is missing.")]
    [InlineData("--bars", null, "Give the bars of the signals' tokens with --bars FILE.")]
    [InlineData("--signals", null, "--bars goes with --signals FILE; without both, run uses the stored history.")]
    public Task An_option_with_a_value_that_cannot_be(string option, string? value, string sentence) => RefusedAsync(_files.With((option, value)), sentence);

    // "1,5" is how half of the world writes 1.5: read as 15, it would price every trade ten times too low.
    [Fact]
    public Task A_decimal_comma() => RefusedAsync(_files.With(("--sol-usd", "1,5")));

    [Theory]
    [InlineData("--workers", "many")]
    [InlineData("--workers", "1.5")]
    [InlineData("--sol-usd", "cheap")]
    [InlineData("--interval", "1m")]
    public async Task A_value_that_is_no_number_is_refused_in_the_operators_words(string option, string value)
    {
        var run = await RefusedAsync(_files.With((option, value)));

        Assert.Contains(option, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(value, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("--scenarios")]
    [InlineData("--signals")]
    [InlineData("--bars")]
    [InlineData("--preset")]
    [InlineData("--from")]
    public Task An_option_whose_value_is_empty(string option) =>
        RefusedAsync(_files.With(option == "--scenarios" ? [("--preset", null), (option, "")] : [(option, "")]), files: null);

    [Fact]
    public async Task An_output_into_a_folder_that_is_not_there()
    {
        await RefusedAsync(_files.With(("--output", _files.At("none/results.json"))), $"There is no folder {_files.At("none")} to write results.json to.");

        Assert.False(Directory.Exists(_files.At("none")));
    }

    [Fact]
    public async Task An_output_that_is_a_folder()
    {
        var folder = Directory.CreateDirectory(_files.At("folder"));
        await RefusedAsync(_files.With(("--output", folder.FullName)), $"--output names the folder {folder.FullName}; name a file in it.");

        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_refused_run_leaves_an_earlier_output_alone()
    {
        File.WriteAllText(_files.Output, "earlier");
        var run = await WallTrackProcess.RunAsync(_files.With(("--bars", _files.At("none.csv"))));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("earlier", File.ReadAllText(_files.Output));
        Assert.Equal(["results.json"], _files.NewFiles);
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        var run = await RefusedAsync([.. _files.Arguments, "--worker=3"]);

        Assert.Equal(["run does not know \"--worker=3\".", "Run it with --help to see what run takes."], run.ErrorLines);
    }

    [Fact]
    public async Task An_unknown_verb_is_named()
    {
        var run = await RefusedAsync(["rnu", .. _files.Arguments[1..]]);

        Assert.Contains("rnu", run.ErrorLines[0], StringComparison.Ordinal);
    }

    /// <param name="sentence">All of standard error but the reports on files already read; a pattern when it starts with "^".</param>
    private async Task<Finished> RefusedAsync(List<string> arguments, string? sentence = null, RunFiles? files = null)
    {
        var run = await WallTrackProcess.RunAsync(arguments);

        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Empty((files ?? _files).NewFiles);
        Assert.NotEmpty(run.ErrorLines);
        Assert.All(run.ErrorLines, line => Assert.EndsWith(".", line, StringComparison.Ordinal));
        if (sentence is not null)
        {
            var refusal = Assert.Single(run.ErrorLines, line => !line.EndsWith(" rows.", StringComparison.Ordinal));
            if (sentence.StartsWith('^'))
                Assert.Matches(sentence, refusal);
            else
                Assert.Equal(sentence, refusal);
        }

        return run;
    }
}
