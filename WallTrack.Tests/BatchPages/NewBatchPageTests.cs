using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.Batches;
using WallTrack.Scenarios;
using WallTrack.Tests.Batches;

namespace WallTrack.Tests.BatchPages;

public sealed class NewBatchPageTests
{
    [Fact]
    public async Task Without_a_history_the_reason_stands_beside_start()
    {
        await using var circuit = await BatchCircuit.CreateAsync();
        var page = Render(circuit);

        page.WaitForAssertion(() => Assert.StartsWith("The history is empty", Fault(page), StringComparison.Ordinal), BatchCircuit.Patience);
        Assert.True(Start(page).HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_is_missing_is_said_until_nothing_is()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var page = Render(circuit);
        page.WaitForAssertion(() => Assert.Equal("400", Preview(page, "signals")), BatchCircuit.Patience);
        Assert.Equal("Choose at least one scenario.", Fault(page));

        page.Find($"#choose-{Presets.Balanced.Id}").Change(true);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-fault]")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal("Balanced, 2026-01-01 to 2026-01-05", page.Find("#batch-name").GetAttribute("value")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal("5 days", page.Find("[data-days]").TextContent), BatchCircuit.Patience);

        page.Find("#workers").Input("65");
        page.WaitForAssertion(() => Assert.Equal("Workers are 65; they must be at least 1 and at most 64.", Fault(page)), BatchCircuit.Patience);
        page.Find("#workers").Input("");
        page.WaitForAssertion(() => Assert.Equal("Give the number of workers, 1 to 64.", Fault(page)), BatchCircuit.Patience);
        page.Find("#workers").Input("2");
        page.Find("#window-to").Change("2025-12-31T00:00");
        page.WaitForAssertion(() => Assert.StartsWith("The window ends at 2025-12-31T00:00:00Z, which is not after its start", Fault(page), StringComparison.Ordinal), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal("– days", page.Find("[data-days]").TextContent), BatchCircuit.Patience);
        page.Find("#window-from").Change("2025-12-01T00:00");
        page.WaitForAssertion(() => Assert.StartsWith("No signal lies in the window", Fault(page), StringComparison.Ordinal), BatchCircuit.Patience);
    }

    [Fact]
    public async Task The_summary_counts_what_the_window_holds_and_start_leads_to_the_batch()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var page = Render(circuit);
        page.WaitForAssertion(() => Assert.Equal("400", Preview(page, "signals")), BatchCircuit.Patience);
        Assert.Equal("20", Preview(page, "tokens"));

        page.FindAll("button").Single(button => button.TextContent == "Choose all 5").Click();
        page.WaitForAssertion(() => Assert.Equal("5", Preview(page, "scenarios")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.NotEqual("–", Preview(page, "estimate")), BatchCircuit.Patience);
        page.Find("#batch-name").Input("Mine");
        page.WaitForAssertion(() => Assert.Equal("Mine", Value(page, "#batch-name")), BatchCircuit.Patience);
        Start(page).Click();

        page.WaitForAssertion(() => Assert.True(Guid.TryParse(Address(circuit).Split('/')[^1], out _)), BatchCircuit.Patience);
        var batch = await circuit.EndOfAsync(Guid.Parse(Address(circuit).Split('/')[^1]));
        Assert.Equal(("Mine", 5, SmallSweep.History.Start, SmallSweep.History.End), (batch.Name, batch.Completed, batch.From, batch.To));
    }

    [Fact]
    public async Task A_search_narrows_what_choose_all_means()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        await circuit.Catalogue.ImportAsync(SmallSweep.Scenarios(12), Xunit.TestContext.Current.CancellationToken);
        var page = Render(circuit);
        page.WaitForAssertion(() => Assert.Equal("400", Preview(page, "signals")), BatchCircuit.Patience);
        Assert.Contains("Choose all 17", page.Markup, StringComparison.Ordinal);

        page.Find("input[type=search]").Input("SCENARIO 1");
        page.WaitForAssertion(() => Assert.Contains("Choose all 3", page.Markup, StringComparison.Ordinal), BatchCircuit.Patience);
        page.FindAll("button").Single(button => button.TextContent == "Choose all 3").Click();

        page.WaitForAssertion(() => Assert.Equal("3", Preview(page, "scenarios")), BatchCircuit.Patience);
        page.FindAll("button").Single(button => button.TextContent == "None").Click();
        page.WaitForAssertion(() => Assert.Equal("0", Preview(page, "scenarios")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task An_address_fills_the_form_in()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var page = Render(circuit, $"?scenarios={Presets.Balanced.Id},{Presets.QuickFlip.Id},{Guid.Empty}&from=2026-01-02&to=2026-01-03T12:00:00Z&workers=7");

        page.WaitForAssertion(() => Assert.Equal("2", Preview(page, "scenarios")), BatchCircuit.Patience);
        Assert.Equal(("2026-01-02T00:00:00", "2026-01-03T12:00:00", "7"), (Value(page, "#window-from"), Value(page, "#window-to"), Value(page, "#workers")));
        Assert.Equal("1.5 days", page.Find("[data-days]").TextContent);
        Assert.Contains("1 scenario of the address is not in the catalogue.", page.Find("[data-note]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_again_takes_over_scenarios_that_are_not_in_the_catalogue()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var batch = await circuit.StartAsync(3);
        await circuit.EndOfAsync(batch);

        var page = Render(circuit, $"?again={batch}");

        page.WaitForAssertion(() => Assert.Equal("3", Preview(page, "scenarios")), BatchCircuit.Patience);
        Assert.Contains("And 3 scenarios of the earlier batch", page.Find(".others").TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "Leave out").Click();
        page.WaitForAssertion(() => Assert.Equal("0", Preview(page, "scenarios")), BatchCircuit.Patience);
    }

    private static IRenderedComponent<NewBatchPage> Render(BatchCircuit circuit, string query = "")
    {
        circuit.Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/new{query}");
        return circuit.Bunit.Render<NewBatchPage>();
    }

    private static AngleSharp.Dom.IElement Start(IRenderedComponent<NewBatchPage> page) => page.Find("button.start");

    private static string Fault(IRenderedComponent<NewBatchPage> page) => page.Find("[data-fault]").FirstChild!.TextContent.Trim();

    private static string Preview(IRenderedComponent<NewBatchPage> page, string name) => page.Find($"[data-preview={name}] dd").TextContent;

    private static string? Value(IRenderedComponent<NewBatchPage> page, string selector) => page.Find(selector).GetAttribute("value");

    private static string Address(BatchCircuit circuit) => circuit.Bunit.Services.GetRequiredService<NavigationManager>().Uri;
}
