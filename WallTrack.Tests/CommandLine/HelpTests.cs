namespace WallTrack.Tests.CommandLine;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_on_run_names_every_option_and_exits_0()
    {
        var run = await WallTrackProcess.RunAsync("run", "--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            ["--signals", "--bars", "--interval", "--scenarios", "--preset", "--from", "--to", "--workers", "--sol-usd", "--name", "--output", "--database"],
            option => Assert.Contains($"  {option} <", run.Output, StringComparison.Ordinal));
        Assert.All(["Conservative", "Balanced", "Aggressive Moonbag", "Quick Flip", "Diamond Hands"], preset => Assert.Contains($"\"{preset}\"", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public async Task Help_on_the_program_names_its_verbs_and_exits_0(string option)
    {
        var run = await WallTrackProcess.RunAsync(option);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("  run ", run.Output, StringComparison.Ordinal);
        Assert.Contains("--urls", run.Output, StringComparison.Ordinal);
    }
}
