using System.Diagnostics;

namespace WallTrack.Tests.CommandLine;

/// <summary>The program on a terminal, which <c>script</c> plays.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task On_a_terminal_a_run_shows_its_progress_and_its_table_and_exits_0()
    {
        using var files = new RunFiles();
        var command = string.Join(' ', files.With(("--workers", "2")).Prepend(WallTrackProcess.Location).Prepend("dotnet"));
        using var script = Process.Start(new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm-256color" },
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var screen = await script.StandardOutput.ReadToEndAsync(deadline.Token);
        await script.WaitForExitAsync(deadline.Token);

        Assert.DoesNotContain("Unhandled exception", screen, StringComparison.Ordinal);
        Assert.Equal(0, script.ExitCode);
        Assert.Contains("5 of 5 scenarios done", screen, StringComparison.Ordinal);
        Assert.Contains("Diamond", screen, StringComparison.Ordinal);
        Assert.Equal(["results.json"], files.NewFiles);
    }
}
