using AngleSharp.Dom;
using Bunit;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Batches;
using Page = WallTrack.Dashboard.Backtests.ResultPage;

namespace WallTrack.Tests.ResultPages;

public sealed class ResultPageTests
{
    private const string LongName = "A name that goes on and on, made up of parameters: stop 0.2, levels 2x 3x 5x";

    [Fact]
    public async Task A_result_shows_its_figures_its_curve_and_its_trades()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(1) with { Name = "one of a kind" }))[0];

        var page = Show(circuit, result);

        var metrics = StoredMetrics.Of(result)!;
        Assert.Equal("scenario 0", page.Find("h1").TextContent);
        Assert.Equal("one of a kind", page.Find($"a[href='/batches/{result.BatchId}']").TextContent);
        Assert.Contains("✓ completed", page.Find("[data-result=completed]").TextContent, StringComparison.Ordinal);
        foreach (var metric in Metric.All)
            Assert.Equal(metric.Text(metrics), FigureOf(page, metric));
        Assert.Contains(Metric.ProfitFactor.Definition, page.Find("#metric-profit_factor").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{metrics.TotalTrades}", page.Find("[data-trades]").GetAttribute("data-trades"));
        Assert.NotEmpty(page.FindAll("path.line"));
        Assert.Contains("20\u00a0%", RowOf(page, "Stop loss", "stop loss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trades_are_filtered_by_what_stands_in_the_address_and_the_form_writes_it()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(1)))[0];
        var trades = (await circuit.Results.SeriesAsync(result)).Series!.Trades;
        var stopped = trades.Where(trade => trade.Fills.Any(fill => fill.Reason == ExitReason.StopLoss)).ToList();

        var page = Show(circuit, result, "?reason=stop_loss&sort=pnl&order=desc");

        Assert.InRange(stopped.Count, 1, trades.Length - 1);
        Assert.Equal($"{stopped.Count}", page.Find("[data-trades]").GetAttribute("data-trades"));
        Assert.Equal("descending", page.FindAll("th[aria-sort]")[5].GetAttribute("aria-sort"));
        Assert.All(page.FindAll("#trades ~ .scroll tbody tr td:last-child"), cell => Assert.Contains("stop loss", cell.TextContent, StringComparison.Ordinal));

        page.Find("#trade-wallet").Change(stopped[0].WalletAddress);
        page.Find("form.filters").Submit();

        page.WaitForAssertion(() => Assert.Contains($"wallet={stopped[0].WalletAddress}", circuit.Address, StringComparison.Ordinal), BacktestCircuit.Patience);
        Assert.Contains("reason=stop_loss", circuit.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trade_opens_to_its_fills()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(1)))[0];
        var first = (await circuit.Results.SeriesAsync(result)).Series!.Trades[0];
        var page = Show(circuit, result);

        page.Find("button.fold").Click();

        page.WaitForAssertion(() => Assert.Equal("true", page.Find("button.fold").GetAttribute("aria-expanded")), BacktestCircuit.Patience);
        Assert.Equal(first.Fills.Length, page.FindAll(".fills table tbody tr").Count);
        page.Find("button.fold").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".fills")), BacktestCircuit.Patience);
    }

    [Fact]
    public async Task A_result_without_a_trade_has_no_figures_to_divide()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var draft = Presets.Balanced.ToDraft();
        (draft.Id, draft.Name, draft.ScoreThreshold) = (null, LongName, 1);
        var result = (await circuit.RunAsync(SmallSweep.Request(1) with { Scenarios = [Scenario.From(draft)] }))[0];

        var page = Show(circuit, result);

        Assert.Equal(LongName, page.Find("h1").TextContent);
        Assert.Equal("n/a", FigureOf(page, Metric.WinRate));
        Assert.Equal("0.0000", FigureOf(page, Metric.TotalPnl));
        Assert.Equal("No signal was traded.", page.Find("[data-trades]").TextContent);
        Assert.Equal(["No signal was traded."], page.FindAll("[aria-labelledby=by-wallet] p").Select(p => p.TextContent));
    }

    [Fact]
    public async Task A_failed_result_says_why()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(0) with { ScenarioIds = [Presets.Balanced.Id, Guid.Parse("00000000-0000-0000-0000-00000000abcd")] }))[1];

        var page = Show(circuit, result);

        Assert.Contains(result.Error!, page.Find("[data-failure]").TextContent, StringComparison.Ordinal);
        Assert.Contains("✕ failed", page.Find("[data-result=failed]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#metrics"));
        Assert.Empty(page.FindAll("#trades"));
    }

    [Fact]
    public async Task Trades_that_are_not_kept_are_found_again_unless_history_has_changed()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(1)))[0];
        await circuit.ForgetSeriesAsync();

        var page = Show(circuit, result);
        Assert.Equal($"{StoredMetrics.Of(result)!.TotalTrades}", page.Find("[data-trades]").GetAttribute("data-trades"));

        await circuit.ChangeHistoryAsync();
        var later = Show(circuit, result);
        Assert.Contains("The history of this window has changed since", later.Find("[data-refusal]").TextContent, StringComparison.Ordinal);
        Assert.Empty(later.FindAll("#trades"));
        Assert.Equal(Metric.TotalPnl.Text(StoredMetrics.Of(result)!), FigureOf(later, Metric.TotalPnl)); // the figures stay
    }

    [Fact]
    public async Task An_unknown_result_is_said_to_be_none()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();

        var page = circuit.Bunit.Render<Page>(parameters => parameters.Add(result => result.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Equal("There is no such result", page.Find("h1").TextContent), BacktestCircuit.Patience);
    }

    private static IRenderedComponent<Page> Show(BacktestCircuit circuit, BacktestResult result, string query = "")
    {
        circuit.Address = $"/results/{result.Id}{query}";
        var page = circuit.Bunit.Render<Page>(parameters => parameters.Add(shown => shown.Id, result.Id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-trades], [data-refusal], [data-failure]")), BacktestCircuit.Patience);
        return page;
    }

    private static string FigureOf(IRenderedComponent<Page> page, Metric metric) =>
        page.Find($"#metric-{metric.Name}").Closest("tr")!.QuerySelector("td")!.TextContent;

    private static string RowOf(IRenderedComponent<Page> page, string head, string what)
    {
        var row = page.FindAll("[aria-labelledby=parameters] tr").SingleOrDefault(row => row.QuerySelector("th")!.TextContent == head);
        Assert.True(row is not null, $"there is no row of the {what}");
        return row.TextContent;
    }
}
