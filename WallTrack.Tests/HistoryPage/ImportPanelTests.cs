using Bunit;
using WallTrack.Dashboard.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class ImportPanelTests
{
    private static readonly ImportActivity Storing = new() { Name = "signals.csv", Phase = ImportPhase.Storing, Step = 1, Steps = 2, Fraction = 0.25, Rows = 12_345, Rejected = 6 };

    [Fact]
    public async Task Without_history_there_are_two_ways_in()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(null, null), isEmpty: true);

        Assert.StartsWith("No history is stored yet", panel.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Import files", "Load demo history"], panel.FindAll("button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task With_history_the_demo_is_not_offered()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(null, null), isEmpty: false);

        Assert.Equal(["Import files"], panel.FindAll("button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task A_running_import_shows_how_far_it_is()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(Storing, null), isEmpty: true);

        Assert.Equal("0.25", panel.Find("progress").GetAttribute("value"));
        Assert.Equal(["25 %", "12,345 rows", "6 rejected"], panel.FindAll(".counts span").Select(count => count.TextContent));
        Assert.Contains("file 1 of 2", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(["Cancel"], panel.FindAll("button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task A_cancel_is_said_at_once()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(Storing with { IsCancelling = true }, null), isEmpty: true);

        var button = panel.Find("button");
        Assert.Equal("Cancelling…", button.TextContent);
        Assert.True(button.HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_failure_says_that_nothing_is_lost()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(null, ImportOutcome.Failed([], "bars.csv", "the disk is full.")), isEmpty: false);

        Assert.Equal("✕ Failed", panel.Find("[data-import=failed] strong").TextContent);
        Assert.Contains(
            "bars.csv failed: the disk is full. Nothing is lost: whole days that were stored stay, and importing again completes them.",
            panel.Find("[data-import=failed]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_of_nothing_is_refused_in_the_form()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(null, null), isEmpty: true);
        panel.Find("button").Click();

        panel.Find("form").Submit();

        Assert.Equal("✕ Choose a signals file, a bars file, or both.", panel.Find("[role=alert]").TextContent);
        Assert.Null(circuit.Runner.Snapshot.Running);
    }

    [Fact]
    public async Task An_interval_out_of_range_is_refused_with_the_legal_range()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var panel = Render(circuit, new(null, null), isEmpty: true);
        panel.Find("button").Click();
        panel.FindAll("input[type=radio]")[1].Change("on");
        panel.Find("#bars-path").Change("bars.csv");
        panel.Find("#interval").Change("90000");

        panel.Find("form").Submit();

        Assert.Equal("✕ The interval is 90000; it must be at least 1 and at most 86400 seconds.", panel.Find("[role=alert]").TextContent);
    }

    private static IRenderedComponent<ImportPanel> Render(HistoryCircuit circuit, ImportSnapshot snapshot, bool isEmpty) =>
        circuit.Bunit.Render<ImportPanel>(parameters => parameters.Add(panel => panel.Snapshot, snapshot).Add(panel => panel.IsEmpty, isEmpty));
}
