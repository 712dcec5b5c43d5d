using Bunit;
using WallTrack.Batches;
using WallTrack.Dashboard.Batches;

namespace WallTrack.Tests.BatchPages;

public sealed class BatchBannerTests
{
    [Fact]
    public async Task A_waiting_batch_knows_only_what_is_to_be_done()
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(BatchStatus.Pending));

        Assert.Equal("0 of 40 scenarios done", banner.Find("[data-words]").TextContent);
        Assert.Equal(["0", "0", "0", "40", "–", "–", "–", "–"], Figures(banner));
        Assert.Equal("waiting", banner.Find(".head [data-state]").GetAttribute("data-state"));
        Assert.Empty(banner.FindAll("[data-segment]"));
    }

    [Fact]
    public async Task A_running_batch_shows_a_part_of_the_bar_for_each_state()
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(BatchStatus.Running, completed: 10, failed: 1, running: 2));

        Assert.Equal("11 of 40 scenarios done, 1 failed", banner.Find("[data-words]").TextContent);
        Assert.Equal(["10", "1", "2", "27", "12 ms", "2 m 05 s", "5 m 30 s", "scenario 3 +1.2345 SOL"], Figures(banner));
        Assert.Equal(
            [("completed", "0%", "25%"), ("failed", "25%", "2.5%"), ("running", "27.5%", "5%")],
            banner.FindAll("[data-segment]").Select(part => (part.GetAttribute("data-segment")!, part.GetAttribute("x")!, part.GetAttribute("width")!)));
        Assert.Equal(("11", "40"), (banner.Find("[role=progressbar]").GetAttribute("aria-valuenow")!, banner.Find("[role=progressbar]").GetAttribute("aria-valuemax")!));
        Assert.Equal("11 / 40", banner.Find("[data-progress]").TextContent);
        Assert.Contains("You may close this page; the batch goes on.", banner.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_batch_says_so_and_promises_nothing()
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(BatchStatus.Running, completed: 10, running: 2, isStopping: true));

        Assert.Equal("stopping…", banner.Find("[data-stopping]").TextContent);
        Assert.DoesNotContain("You may close", banner.Markup, StringComparison.Ordinal);
        Assert.Equal("–", banner.Find("[data-figure=left] dd").TextContent.Trim());
    }

    [Fact]
    public async Task A_cancelled_batch_counts_what_was_left_out()
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(BatchStatus.Cancelled, completed: 10));

        Assert.Equal("10 of 40 scenarios done, 30 left out", banner.Find("[data-words]").TextContent);
        Assert.Equal("30", banner.Find("[data-figure=cancelled] dd").TextContent);
        Assert.Equal(["completed", "cancelled"], banner.FindAll("[data-segment]").Select(part => part.GetAttribute("data-segment")));
    }

    [Theory]
    [InlineData(BatchStatus.Completed, 39, 1, "completed")]
    [InlineData(BatchStatus.Failed, 0, 40, "failed")]
    public async Task A_batch_that_is_over_shows_how(BatchStatus status, int completed, int failed, string word)
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(status, completed: completed, failed: failed));

        Assert.Equal(word, banner.Find(".head [data-state]").GetAttribute("data-state"));
        Assert.Equal($"40 of 40 scenarios done, {failed} failed", banner.Find("[data-words]").TextContent);
        Assert.Equal("2 m 05 s", banner.Find("[data-figure=elapsed] dd").TextContent);
    }

    [Fact]
    public async Task Trouble_is_seen_beside_what_was_seen_last()
    {
        await using var circuit = new BunitContext();
        var banner = Render(circuit, MadeUpBatch.At(BatchStatus.Running, completed: 10, trouble: "The disk is full."));

        Assert.Equal("▲ The disk is full.", banner.Find("[data-trouble]").TextContent);
        Assert.Equal("10", banner.Find("[data-figure=completed] dd").TextContent);
    }

    [Theory]
    [InlineData(RunState.Waiting, "○ waiting")]
    [InlineData(RunState.Running, "▶ running")]
    [InlineData(RunState.Completed, "✓ completed")]
    [InlineData(RunState.Failed, "✕ failed")]
    [InlineData(RunState.Cancelled, "■ cancelled")]
    public async Task A_state_has_one_icon_and_one_word(RunState state, string text)
    {
        await using var circuit = new BunitContext();

        Assert.Equal(text, circuit.Render<StateMark>(parameters => parameters.Add(mark => mark.State, state)).Find(".state").TextContent);
    }

    private static IRenderedComponent<BatchBanner> Render(BunitContext circuit, BatchSnapshot batch) =>
        circuit.Render<BatchBanner>(parameters => parameters.Add(banner => banner.Batch, batch));

    private static IEnumerable<string> Figures(IRenderedComponent<BatchBanner> banner) =>
        banner.FindAll("dl dd").Select(figure => string.Join(' ', figure.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
