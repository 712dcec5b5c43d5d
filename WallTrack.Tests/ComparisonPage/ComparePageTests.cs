using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Comparison;
using WallTrack.Scenarios;
using WallTrack.Tests.Batches;
using WallTrack.Tests.BatchPages;
using WallTrack.Tests.ResultPages;

namespace WallTrack.Tests.ComparisonPage;

public sealed class ComparePageTests
{
    private const string LongName = "A name that goes on and on, made up of parameters: stop 0.2, levels 2x 3x 5x";

    [Fact]
    public async Task A_batch_alone_means_its_best_ten_by_the_default_ranking()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(12));
        var ranking = Ranking.Of([.. results.Select(result => StoredMetrics.Of(result)!)], RankingWeights.Default);
        var best = results.OrderBy(result => ranking.Ranks[result.Position]).ThenBy(result => result.Position).Take(10).ToList();

        var page = Show(circuit, $"batch={results[0].BatchId}");

        Assert.Equal(best.Select(result => result.ScenarioName), Names(page));
        Assert.Equal("The best 10 of 12 scenarios by the default weights.", page.Find("[data-compared]").TextContent);
        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll("path.line").Count), BacktestCircuit.Patience);
        Assert.Equal(10, page.FindAll("[aria-labelledby=risk-return] .shape").Count);
    }

    [Fact]
    public async Task Scenarios_stand_in_the_order_of_the_address_with_ranks_and_marks()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(6));
        int[] order = [5, 0, 3];
        var table = ComparisonTable.Of([.. order.Select(place => StoredMetrics.Of(results[place]))], RankingWeights.Default, baseline: null);

        var page = Show(circuit, $"batch={results[0].BatchId}&results=5,0,3");

        Assert.Equal(["scenario 5", "scenario 0", "scenario 3"], Names(page));
        Assert.Equal(table.Standings.Select(standing => $"{standing!.Value.Rank}"), page.FindAll("[data-rank] strong").Select(rank => rank.TextContent.TrimEnd('=')));
        var row = table.Rows.Single(row => row.Metric == Metric.TotalPnl);
        foreach (var (cell, shown) in row.Cells.Zip(CellsOf(page, Metric.TotalPnl)))
        {
            Assert.Contains(Metric.TotalPnl.Text(cell.Value), shown.TextContent, StringComparison.Ordinal);
            Assert.Contains($"#{cell.Rank}", shown.TextContent, StringComparison.Ordinal);
            Assert.Equal(cell.IsBest, shown.TextContent.Contains("best", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Weights_and_a_baseline_go_into_the_address_and_change_what_is_shown()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(4));
        var page = Show(circuit, $"batch={results[0].BatchId}&results=0,1,2,3");

        foreach (var metric in RankingWeights.Default.Items.Select(item => item.Metric).Where(metric => metric != Metric.MaxDrawdown))
            page.Find($"#weight-{metric.Name}").Change("0");
        page.WaitForAssertion(() => Assert.Contains("max_drawdown%3A0.15", circuit.Address, StringComparison.Ordinal), BacktestCircuit.Patience);
        var byDrawdown = Ranking.Of([.. results.Select(result => StoredMetrics.Of(result)!)], RankingWeights.From([new(Metric.MaxDrawdown, 1)]));
        page.WaitForAssertion(() => Assert.Equal(byDrawdown.Ranks.Select(rank => $"{rank}"), page.FindAll("[data-rank] strong").Select(rank => rank.TextContent.TrimEnd('='))), BacktestCircuit.Patience);
        Assert.Contains("100 %", page.Find("#weight-max_drawdown").ParentElement!.TextContent, StringComparison.Ordinal);

        page.Find("[aria-label='Baseline: scenario 1']").Click();
        page.WaitForAssertion(() => Assert.Contains("baseline=1", circuit.Address, StringComparison.Ordinal), BacktestCircuit.Patience);
        var cells = CellsOf(page, Metric.TotalPnl);
        Assert.Null(cells[1].QuerySelector(".difference"));
        var difference = StoredMetrics.Of(results[3])!.TotalPnlSol - StoredMetrics.Of(results[1])!.TotalPnlSol;
        Assert.Equal(Metric.TotalPnl.DifferenceText(difference), cells[3].QuerySelector(".difference")!.TextContent);

        page.Find("#weight-max_drawdown").Change("0");
        page.WaitForAssertion(() => Assert.Contains("All weights are 0; at least one must be above 0.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), BacktestCircuit.Patience);
        Assert.All(page.FindAll("[data-rank]"), cell => Assert.Equal("n/a", cell.TextContent.Trim()));
    }

    [Fact]
    public async Task A_failed_scenario_a_tie_and_undefined_figures_stand_beside_the_rest()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var never = Presets.Balanced.ToDraft();
        (never.Id, never.Name, never.ScoreThreshold) = (null, LongName, 1);
        var twin = Presets.Balanced.ToDraft();
        (twin.Id, twin.Name) = (null, "twin");
        var results = await circuit.RunAsync(SmallSweep.Request(0) with
        {
            ScenarioIds = [Guid.Parse("00000000-0000-0000-0000-00000000abcd"), Presets.Balanced.Id],
            Scenarios = [Scenario.From(twin), Scenario.From(never)],
        });

        var page = Show(circuit, $"batch={results[0].BatchId}&results=0,1,2,3&parameters=different");

        var ranks = page.FindAll("[data-rank]").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal("✕ failed", ranks[0]);
        Assert.Contains('=', ranks[1].Split(' ', '\n')[0]);
        Assert.Equal(ranks[1], ranks[2]);
        Assert.Equal(["n/a", "n/a"], new[] { 0, 3 }.Select(place => CellsOf(page, Metric.WinRate)[place].TextContent.Trim()));
        Assert.Equal(LongName, Names(page)[3]);
        Assert.Equal(["Score threshold ≠"], page.FindAll("[data-parameters] th[scope=row]").Select(head => head.TextContent));
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("path.line").Count), BacktestCircuit.Patience); // none of the failed one
    }

    [Fact]
    public async Task Results_of_two_batches_are_compared_by_their_ids_unless_their_windows_differ()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var one = (await circuit.RunAsync(SmallSweep.Request(1) with { Name = "first" }))[0];
        var same = (await circuit.RunAsync(SmallSweep.Request(2) with { Name = "second" }))[1];
        var shorter = (await circuit.RunAsync(SmallSweep.Request(1) with { Name = "shorter", To = SmallSweep.History.End.AddDays(-1) }))[0];

        var page = Show(circuit, $"ids={one.Id},{same.Id}");
        Assert.Equal(["scenario 0", "scenario 1"], Names(page));
        Assert.Equal(["first", "second"], page.FindAll("th.scenario .batch").Select(batch => batch.TextContent));

        circuit.Address = $"/compare?ids={one.Id},{shorter.Id}";
        page.WaitForAssertion(() => Assert.Contains("These results are of different windows", page.Find("[data-refusal]").TextContent, StringComparison.Ordinal), BacktestCircuit.Patience);
        Assert.Empty(page.FindAll("th.scenario"));
        Assert.Equal(2, page.FindAll("[aria-labelledby=refusal] a").Count);
    }

    [Fact]
    public async Task Results_over_a_history_that_changed_in_between_are_refused()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var before = (await circuit.RunAsync(SmallSweep.Request(1)))[0];
        await circuit.ChangeHistoryAsync();
        var after = (await circuit.RunAsync(SmallSweep.Request(1)))[0];

        circuit.Address = $"/compare?ids={before.Id},{after.Id}";
        var page = circuit.Bunit.Render<ComparePage>();

        page.WaitForAssertion(() => Assert.Contains("of different histories", page.Find("[data-refusal]").TextContent, StringComparison.Ordinal), BacktestCircuit.Patience);
    }

    [Fact]
    public async Task Scenarios_are_found_by_name_added_and_removed()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(12));
        var page = Show(circuit, $"batch={results[0].BatchId}&results=0");
        Assert.Equal("One scenario; add others to compare it with.", page.Find("[data-compared]").TextContent);

        page.Find("#scenario-search").Change("RIO 1");
        page.Find("form.picker").Submit();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[aria-label='Found scenarios'] li").Count), BacktestCircuit.Patience); // 1, 10, 11
        page.Find("[aria-label='Add scenario 11']").Click();
        page.WaitForAssertion(() => Assert.Equal(["scenario 0", "scenario 11"], Names(page)), BacktestCircuit.Patience);
        Assert.EndsWith("results=0%2C11", circuit.Address, StringComparison.Ordinal); // the page follows the address

        page.Find("[aria-label='Remove scenario 0']").Click();
        page.WaitForAssertion(() => Assert.Equal(["scenario 11"], Names(page)), BacktestCircuit.Patience);
    }

    [Fact]
    public async Task Nothing_chosen_offers_the_batches()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        circuit.Address = "/compare";
        var page = circuit.Bunit.Render<ComparePage>();
        page.WaitForAssertion(() => Assert.Contains("There is no batch to compare results of.", page.Find("[data-nothing]").TextContent, StringComparison.Ordinal), BacktestCircuit.Patience);

        var results = await circuit.RunAsync(SmallSweep.Request(1) with { Name = "sweep" });
        circuit.Address = "/compare?ids=";
        page.WaitForState(() => page.FindAll("[data-nothing]").Count > 0, BacktestCircuit.Patience);
        circuit.Address = $"/compare?batch={Guid.Empty}&results=0";
        page.WaitForAssertion(() => Assert.Contains("does not exist any more", page.Find("[data-note]").TextContent, StringComparison.Ordinal), BacktestCircuit.Patience);
        Assert.Equal($"/compare?batch={results[0].BatchId}", page.Find("[data-nothing] a").GetAttribute("href"));
    }

    [Fact]
    public async Task Curves_are_chosen_and_none_is_a_choice()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(3));
        var page = Show(circuit, $"batch={results[0].BatchId}&results=0,1,2&curves=2");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("path.line")), BacktestCircuit.Patience);

        page.FindAll("[aria-labelledby=curves] fieldset input")[0].Change(true);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("path.line").Count), BacktestCircuit.Patience);
        Assert.EndsWith("curves=0%2C2", circuit.Address, StringComparison.Ordinal);

        circuit.Address = $"/compare?batch={results[0].BatchId}&results=0,1,2&curves=none";
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("path.line")), BacktestCircuit.Patience);
    }

    [Fact]
    public async Task Of_a_running_batch_it_grows_by_itself_and_columns_keep_their_places()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        var batch = await circuit.StartAsync(14);
        circuit.Gate.LetThrough(4);
        await Eventually.TrueAsync(async () => (await circuit.Runner.GetAsync(batch))!.Done == 4, "four are not done");
        circuit.Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/compare?batch={batch}");
        var page = circuit.Bunit.Render<ComparePage>();
        page.WaitForAssertion(() => Assert.Equal("The best 4 by P&L of 4 of 14 scenarios so far.", page.Find("[data-compared]").TextContent), BatchCircuit.Patience);
        var first = Names(page).ToList();

        circuit.Gate.LetThrough(3);
        page.WaitForAssertion(() => Assert.Equal("The best 7 by P&L of 7 of 14 scenarios so far.", page.Find("[data-compared]").TextContent), BatchCircuit.Patience);
        Assert.Equal(first, Names(page).Take(4));

        circuit.Gate.Open();
        page.WaitForAssertion(() => Assert.StartsWith("The best 10 of 14", page.Find("[data-compared]").TextContent, StringComparison.Ordinal), BatchCircuit.Patience);
        Assert.Equal(first, Names(page).Take(4));
        var best = (await circuit.Runner.GetSummaryAsync(batch, Xunit.TestContext.Current.CancellationToken))!.Ranking.Take(10).Select(ranked => $"scenario {ranked.Position}").ToList();
        if (page.FindAll("[data-bettered]").Count > 0)
            page.FindAll("button").Single(button => button.TextContent == "Show them").Click();
        page.WaitForAssertion(() => Assert.Equal(best.Order(), Names(page).Order()), BatchCircuit.Patience);
    }

    private static IRenderedComponent<ComparePage> Show(BacktestCircuit circuit, string query)
    {
        circuit.Address = $"/compare?{query}";
        var page = circuit.Bunit.Render<ComparePage>();
        page.WaitForState(() => page.FindAll("th.scenario").Count > 0, BacktestCircuit.Patience);
        return page;
    }

    private static IReadOnlyList<string> Names(IRenderedComponent<ComparePage> page) => [.. page.FindAll("th.scenario .name a").Select(name => name.TextContent)];

    private static IReadOnlyList<IElement> CellsOf(IRenderedComponent<ComparePage> page, Metric metric) =>
        [.. page.Find($"th #metric-{metric.Name}").Closest("tr")!.QuerySelectorAll("td")];
}
