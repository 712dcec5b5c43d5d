namespace WallTrack.Tests.CommandLine;

/// <summary>Without a verb the program serves the dashboard; what belongs to a verb must not be taken for that.</summary>
public sealed class VerblessTests
{
    [Theory]
    [InlineData("--signals", "x.csv")]
    [InlineData("rnu")]
    [InlineData("--preset=all")]
    public async Task What_the_dashboard_does_not_know_is_refused_and_the_verbs_are_named(params string[] arguments)
    {
        var run = await WallTrackProcess.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(arguments[0], Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("import, demo, run, export or nodes", run.Error, StringComparison.Ordinal);
    }
}
