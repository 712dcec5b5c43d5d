using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.Batches;
using WallTrack.Dashboard.Live;
using WallTrack.Tests.Batches;
using Page = WallTrack.Dashboard.Batches.BatchPage;

namespace WallTrack.Tests.BatchPages;

/// <summary>What an operator sees while the database is away.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task A_command_says_that_the_database_is_away_and_the_page_stays()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        circuit.Gate.Fail("scenario 1", "the wheel came off");
        var batch = await circuit.StartAsync(3);
        await circuit.EndOfAsync(batch);
        var page = Open<Page>(circuit, parameters => parameters.Add(shown => shown.Id, batch));
        page.WaitForElement("[data-failures]", BatchCircuit.Patience);
        circuit.Gate.FailNoMore();

        using (circuit.TakeDatabaseAway())
        {
            Button(page, "Retry").Click();
            page.WaitForAssertion(() => Assert.StartsWith("▲ The database does not answer", page.Find("[data-outage] .warning").TextContent, StringComparison.Ordinal), BatchCircuit.Patience);
            page.WaitForAssertion(() => Assert.False(Button(page, "Retry").HasAttribute("disabled")), BatchCircuit.Patience);

            Button(page, "Rename").Click();
            page.WaitForElement("form input", BatchCircuit.Patience).Input("a new name");
            page.Find("form").Submit();
            page.WaitForAssertion(() => Assert.Equal("a new name", page.Find("form input").GetAttribute("value")), BatchCircuit.Patience);
        }

        Button(page, "Retry").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-outage]")), BatchCircuit.Patience);
        page.WaitForAssertion(() => Assert.Equal("3", page.Find("[data-figure=completed] dd").TextContent), BatchCircuit.Patience);
    }

    [Fact]
    public async Task A_page_opened_meanwhile_says_so_and_comes_by_itself()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var batch = await circuit.StartAsync(1);
        await circuit.EndOfAsync(batch);
        IRenderedComponent<DatabaseBoundary>[] pages;

        using (circuit.TakeDatabaseAway())
        {
            pages =
            [
                Open<Page>(circuit, parameters => parameters.Add(page => page.Id, batch)), Open<BatchListPage>(circuit), Open<NewBatchPage>(circuit),
                Open<WallTrack.Dashboard.Home.HomePage>(circuit), Open<WallTrack.Dashboard.Comparison.ComparePage>(circuit, address: $"/compare?batch={batch}"),
            ];
            foreach (var page in pages)
                page.WaitForAssertion(() => Assert.Equal("The database does not answer", page.Find("h1").TextContent), BatchCircuit.Patience);
        }

        foreach (var page in pages)
            page.WaitForAssertion(() => Assert.NotEqual("The database does not answer", page.Find("h1").TextContent), BatchCircuit.Patience);
        pages[0].WaitForAssertion(() => Assert.Single(pages[0].FindAll("[data-result]")), BatchCircuit.Patience);
        pages[1].WaitForAssertion(() => Assert.Single(pages[1].FindAll("[data-batch]")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task Any_other_failure_is_not_taken_for_a_database_that_is_away()
    {
        await using var circuit = await BatchCircuit.CreateAsync();

        Assert.Throws<InvalidOperationException>(() => Open<Broken>(circuit));
    }

    /// <summary>A page as the layout holds it.</summary>
    private static IRenderedComponent<DatabaseBoundary> Open<TPage>(BatchCircuit circuit, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null, string address = "/")
        where TPage : IComponent
    {
        circuit.Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return circuit.Bunit.Render<DatabaseBoundary>(boundary =>
        {
            boundary.AddChildContent<OutageNotice>();
            boundary.AddChildContent(parameters ?? (_ => { }));
        });
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<DatabaseBoundary> page, string name) => page.FindAll("button").Single(button => button.TextContent == name);

    private sealed class Broken : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("It is broken.");
    }
}
