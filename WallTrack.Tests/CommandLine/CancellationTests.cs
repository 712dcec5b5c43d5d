using System.Diagnostics;
using System.Text.Json;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Tests.History;

namespace WallTrack.Tests.CommandLine;

/// <summary>Ctrl+C, which reaches a process as SIGINT.</summary>
public sealed class CancellationTests : IDisposable
{
    private const int Scenarios = 2_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task It_ends_a_run_within_seconds_keeps_what_was_done_and_exits_1(int workers)
    {
        using var process = WallTrackProcess.Start(LongRun(workers), awaited: "scenarios done");
        await process.SaidAsync();
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith(".part", StringComparison.Ordinal)); // so whatever kills it now leaves nothing behind

        var watch = Stopwatch.StartNew();
        await process.InterruptAsync();
        var run = await process.EndAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"it took {watch.Elapsed}"); // a second on an idle machine
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Contains("cancelled before it was done", run.Output, StringComparison.Ordinal);
        Assert.Equal(["bars.csv", "results.json", "scenarios.json", "signals.csv"], _folder.Files);

        using var results = JsonDocument.Parse(File.ReadAllText(_folder.At("results.json")));
        Assert.Equal("cancelled", results.RootElement.GetProperty("status").GetString());
        var statuses = results.RootElement.GetProperty("results").EnumerateArray().CountBy(result => result.GetProperty("status").GetString()!).ToDictionary();
        Assert.Equal(Scenarios, statuses.Values.Sum());
        Assert.InRange(statuses["completed"], Scenarios / 10, Scenarios - 1);
        Assert.Equal(Scenarios - statuses["completed"], statuses["cancelled"]);
    }

    // A pipe without a writer holds the program at the opening of its bars, for as long as the test wants.
    [Fact]
    public async Task While_files_are_read_it_ends_the_run_and_leaves_nothing_behind()
    {
        using var files = new RunFiles();
        var pipe = files.At("pipe.csv");
        using var makePipe = Process.Start("mkfifo", [pipe]);
        await makePipe.WaitForExitAsync();
        using var process = WallTrackProcess.Start(files.With(("--bars", pipe)), awaited: "12 signals kept");
        await process.SaidAsync();

        await process.InterruptAsync();
        var run = await process.EndAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(files.NewFiles);
    }

    /// <summary>Two thousand scenarios that share neither weights nor exits over sixty thousand signals: seconds of work, few trades.</summary>
    private List<string> LongRun(int workers)
    {
        var history = new MadeUpHistory(new() { Signals = 60_000, Tokens = 20, Days = 10, BarHours = 24, Seed = 3 });
        var files = MadeUpFiles.Write(_folder, history.Tokens());
        var scenarios = _folder.Write("scenarios.json", ScenarioJson.Write(Enumerable.Range(0, Scenarios).Select(number => Scenario.From(new()
        {
            Name = $"Scenario {number}",
            WalletWeight = 0.3 + (number * 1e-6),
            ScoreThreshold = 0.2,
            StopLoss = 0.2 + (number * 1e-5),
            MaxDailyTrades = 3,
        }))));
        return
        [
            "run", "--signals", files.Signals, "--bars", files.Bars, "--scenarios", scenarios, "--from", "2026-01-01", "--to", "2026-01-11",
            "--workers", $"{workers}", "--output", _folder.At("results.json"),
        ];
    }
}
