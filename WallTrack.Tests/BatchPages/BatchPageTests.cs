using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Scenarios;
using WallTrack.Tests.Batches;
using Page = WallTrack.Dashboard.Batches.BatchPage;

namespace WallTrack.Tests.BatchPages;

/// <summary>The page of one batch over the real engine.</summary>
public sealed class BatchPageTests
{
    [Fact]
    public async Task The_table_fills_while_the_batch_runs()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        var batch = await circuit.StartAsync(6);
        var page = Render(circuit, batch);
        page.WaitForAssertion(() => Assert.Equal("2", Figure(page, "running")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(["running", "running", "waiting", "waiting", "waiting", "waiting"], States(page)), BatchCircuit.Patience);

        circuit.Gate.LetThrough(3);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[data-result]").Count), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(["completed", "completed", "completed", "running", "running", "waiting"], States(page)), BatchCircuit.Patience);
        circuit.Gate.Open();

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("[data-result]").Count), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal("completed", page.Find(".head [data-state]").GetAttribute("data-state")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(["1", "2", "3", "4", "5", "6"], page.FindAll("[data-place]").Select(place => place.TextContent)), BatchCircuit.Patience);
    }

    [Fact]
    public async Task The_best_value_of_each_column_is_marked_and_what_is_undefined_comes_last()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var never = Scenario.From(new() { Name = "never", MinLiquidityUsd = 1e18 });
        var batch = await circuit.Runner.StartAsync(SmallSweep.Request(5) with { Scenarios = [never, .. SmallSweep.Scenarios(5)] }, Xunit.TestContext.Current.CancellationToken);
        await circuit.EndOfAsync(batch);

        var page = Render(circuit, batch, "?sort=win_rate");

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("[data-result]").Count), BatchCircuit.Patience);
        var cells = page.FindAll("[data-metric=win_rate]");
        Assert.NotNull(cells[0].QuerySelector("[aria-label=best]"));
        Assert.Equal("n/a", cells[^1].TextContent);
        Assert.Equal("descending", page.FindAll("[aria-sort]").Single(head => head.GetAttribute("aria-sort") != "none").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task A_failed_scenario_is_shown_with_its_reason_and_retried()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Fail("scenario 1", "the wheel came off");
        var batch = await circuit.StartAsync(3);
        await circuit.EndOfAsync(batch);
        var page = Render(circuit, batch);

        page.WaitForAssertion(() => Assert.Contains("the wheel came off", page.Find("[data-failures] .reason").TextContent, StringComparison.Ordinal), BatchCircuit.Patience);
        Assert.Equal("1", Figure(page, "failed"));
        circuit.Gate.FailNoMore();
        page.FindAll("button").Single(button => button.TextContent == "Retry 1 failed").Click();

        page.WaitForAssertion(() => Assert.Equal("3", Figure(page, "completed")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-failures]")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[data-result] [data-state=completed]").Count), BatchCircuit.Patience);
    }

    [Fact]
    public async Task One_of_several_failures_is_retried_alone()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Fail("scenario 0", "the wheel came off");
        circuit.Gate.Fail("scenario 2", "the other wheel came off");
        var batch = await circuit.StartAsync(4);
        await circuit.EndOfAsync(batch);
        var page = Render(circuit, batch);
        page.WaitForAssertion(() => Assert.Equal(["scenario 0", "scenario 2"], Failures(page)), BatchCircuit.Patience);
        circuit.Gate.FailNoMore();

        page.Find("[aria-label='Retry scenario 2']").Click();

        page.WaitForAssertion(() => Assert.Equal("3", Figure(page, "completed")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(["scenario 0"], Failures(page)), BatchCircuit.Patience);
        Assert.Empty(page.FindAll(".question"));
    }

    [Fact]
    public async Task A_retry_in_a_cancelled_batch_says_that_the_batch_goes_on()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        circuit.Gate.Fail("scenario 0", "the wheel came off");
        var batch = await circuit.StartAsync(6);
        circuit.Gate.LetThrough(2);
        var page = Render(circuit, batch);
        page.WaitForAssertion(() => Assert.Equal(["1", "1"], [Figure(page, "completed"), Figure(page, "failed")]), BatchCircuit.Patience);
        await circuit.Runner.CancelAsync(batch, Xunit.TestContext.Current.CancellationToken);
        page.WaitForAssertion(() => Assert.Equal("4", Figure(page, "cancelled")), BatchCircuit.Patience);
        circuit.Gate.FailNoMore();
        circuit.Gate.Open();

        page.WaitForElement("[aria-label='Retry scenario 0']", BatchCircuit.Patience).Click();
        Assert.Equal("The batch was cancelled, and goes on with this: besides what failed, 4 scenarios that were left out run too.", page.WaitForElement(".question p", BatchCircuit.Patience).TextContent);
        page.Find(".question .primary").Click();

        page.WaitForAssertion(() => Assert.Equal("6", Figure(page, "completed")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task Cancel_asks_once_and_says_what_is_kept()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        var batch = await circuit.StartAsync(6);
        circuit.Gate.LetThrough(2);
        var page = Render(circuit, batch);
        page.WaitForAssertion(() => Assert.Equal("2", Figure(page, "completed")), BatchCircuit.Patience);

        Button(page, "Cancel").Click();
        Assert.StartsWith("2 results are kept.", page.WaitForElement(".question p", BatchCircuit.Patience).TextContent, StringComparison.Ordinal);
        Button(page, "Let it run").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".question")), BatchCircuit.Patience);
        Button(page, "Cancel").Click();
        page.WaitForElement(".question .primary", BatchCircuit.Patience).Click();

        page.WaitForAssertion(() => Assert.Equal("4", Figure(page, "cancelled")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-result]").Count), BatchCircuit.Patience);
        circuit.Gate.Open();
        Button(page, "Resume").Click();
        page.WaitForAssertion(() => Assert.Equal("6", Figure(page, "completed")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task What_is_not_done_can_be_listed_and_found_by_name()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        var batch = await circuit.StartAsync(120);
        circuit.Gate.LetThrough(10);
        var page = Render(circuit, batch, "?status=waiting&page=3");
        page.WaitForAssertion(() => Assert.Equal("10", Figure(page, "completed")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll("[data-undone]").Count), BatchCircuit.Patience);
        Assert.Contains("101–110 of 110", page.Markup, StringComparison.Ordinal);

        var third = Render(circuit, batch, "?page=3");
        third.WaitForAssertion(() => Assert.Equal("scenario 119", third.FindAll("[data-undone]")[^1].QuerySelector("th")!.TextContent.Trim()), BatchCircuit.Patience);
        Assert.Contains("101–120 of 120", third.Markup, StringComparison.Ordinal);
        var named = Render(circuit, batch, "?name=RIO+11");
        named.WaitForAssertion(() => Assert.Equal(11, named.FindAll("[data-undone]").Count), BatchCircuit.Patience);

        circuit.Gate.Open();
        named.WaitForAssertion(() => Assert.Equal(11, named.FindAll("[data-result]").Count), BatchCircuit.Patience);
    }

    [Fact]
    public async Task A_batch_is_deleted_only_when_it_does_not_run()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Close();
        var batch = await circuit.StartAsync(1);
        var page = Render(circuit, batch);
        page.WaitForAssertion(() => Assert.True(Button(page, "Delete").HasAttribute("disabled")), BatchCircuit.Patience);

        circuit.Gate.Open();
        page.WaitForAssertion(() => Assert.False(Button(page, "Delete").HasAttribute("disabled")), BatchCircuit.Patience);
        Button(page, "Delete").Click();
        page.WaitForElement(".question .primary", BatchCircuit.Patience).Click();

        var navigation = circuit.Bunit.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/batches", navigation.Uri, StringComparison.Ordinal), BatchCircuit.Patience);
        Assert.Null(await circuit.Runner.GetAsync(batch, Xunit.TestContext.Current.CancellationToken));
        page.WaitForAssertion(() => Assert.Contains("This batch was deleted.", page.Markup, StringComparison.Ordinal), BatchCircuit.Patience);
    }

    [Fact]
    public async Task A_new_name_is_seen_on_every_page()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var batch = await circuit.StartAsync(1);
        await circuit.EndOfAsync(batch);
        var (page, other) = (Render(circuit, batch), Render(circuit, batch));
        page.WaitForElement(".name button", BatchCircuit.Patience);

        Button(page, "Rename").Click();
        page.WaitForElement("form input", BatchCircuit.Patience).Input("  Ann's <sweep>  ");
        page.Find("form").Submit();

        foreach (var seen in new[] { page, other })
            seen.WaitForAssertion(() => Assert.Equal("Ann's <sweep>", seen.Find("h1").TextContent), BatchCircuit.Patience);
    }

    [Fact]
    public async Task A_batch_that_does_not_exist_has_a_page_that_says_so()
    {
        await using var circuit = await BatchCircuit.CreateAsync();
        var page = Render(circuit, Guid.NewGuid());

        page.WaitForAssertion(() => Assert.Equal("There is no such batch", page.Find("h1").TextContent), BatchCircuit.Patience);
        Assert.Equal("/batches", page.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task Chosen_results_go_into_the_address_of_the_comparison()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var batch = await circuit.StartAsync(4);
        await circuit.EndOfAsync(batch);
        var page = Render(circuit, batch, "?sort=batch");
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("[data-result]").Count), BatchCircuit.Patience);
        Assert.Equal($"/compare?batch={batch}", Compare(page));

        page.Find("[data-result='3'] input").Change(true);
        page.Find("[data-result='1'] input").Change(true);

        page.WaitForAssertion(() => Assert.Equal($"/compare?batch={batch}&results=1,3", Compare(page)), BatchCircuit.Patience);
    }

    private static IEnumerable<string?> States(IRenderedComponent<Page> page) => page.FindAll("[data-results] tbody [data-state]").Select(mark => mark.GetAttribute("data-state"));

    private static IEnumerable<string> Failures(IRenderedComponent<Page> page) => page.FindAll("[data-failures] tbody th").Select(name => name.TextContent);

    private static string? Compare(IRenderedComponent<Page> page) => page.FindAll("a").Single(link => link.TextContent.StartsWith("Compare", StringComparison.Ordinal)).GetAttribute("href");

    private static IRenderedComponent<Page> Render(BatchCircuit circuit, Guid batch, string query = "")
    {
        circuit.Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/{batch}{query}");
        return circuit.Bunit.Render<Page>(parameters => parameters.Add(page => page.Id, batch));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<Page> page, string name) => page.FindAll("button").Single(button => button.TextContent == name);

    private static string Figure(IRenderedComponent<Page> page, string name) => page.Find($"[data-figure={name}] dd").TextContent;
}
