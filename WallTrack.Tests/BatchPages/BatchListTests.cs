using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.Batches;
using WallTrack.Dashboard.Home;
using WallTrack.Tests.Batches;

namespace WallTrack.Tests.BatchPages;

public sealed class BatchListTests
{
    [Fact]
    public async Task A_batch_that_somebody_starts_appears_and_moves()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var page = circuit.Bunit.Render<BatchListPage>();
        page.WaitForAssertion(() => Assert.Equal("No batch yet.", page.Find("[data-empty]").TextContent), BatchCircuit.Patience);

        circuit.Gate.Close();
        var batch = await circuit.StartAsync(4);
        page.WaitForAssertion(() => Assert.Equal("0 / 4", page.Find($"[data-batch='{batch}'] [data-progress]").TextContent), BatchCircuit.Patience);
        circuit.Gate.LetThrough(1);
        page.WaitForAssertion(() => Assert.Equal("1 / 4", page.Find($"[data-batch='{batch}'] [data-progress]").TextContent), BatchCircuit.Patience);
        circuit.Gate.Open();

        page.WaitForAssertion(() => Assert.Equal("completed", page.Find("[data-batch] [data-state]").GetAttribute("data-state")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task What_keeps_a_batch_from_going_on_stands_below_it()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        var batch = await circuit.StartAsync(1);
        await circuit.EndOfAsync(batch); // a pump that goes on takes back what it said
        var page = circuit.Bunit.Render<BatchListPage>();
        page.WaitForElement("[data-batch]", BatchCircuit.Patience);
        Assert.Empty(page.FindAll("[data-trouble]"));

        circuit.Troubles.Say(batch, "The disk is full.");
        page.WaitForAssertion(() => Assert.Equal("▲ The disk is full.", page.Find($"[data-trouble='{batch}']").TextContent), BatchCircuit.Patience);

        circuit.Troubles.Over(batch);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-trouble]")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task An_open_list_says_that_the_database_is_away_and_goes_on_by_itself()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        await circuit.EndOfAsync(await circuit.StartAsync(1));
        var page = circuit.Bunit.Render<BatchListPage>();
        page.WaitForElement("[data-batch]", BatchCircuit.Patience);

        using (circuit.TakeDatabaseAway())
        {
            page.WaitForElement("[data-stale]", BatchCircuit.Patience);
            Assert.Single(page.FindAll("[data-batch]"));
        }

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-stale]")), BatchCircuit.Patience);
    }

    [Fact]
    public async Task The_address_chooses_a_status()
    {
        await using var circuit = await BatchCircuit.CreateAsync(SmallSweep.History);
        await circuit.EndOfAsync(await circuit.StartAsync(1));
        circuit.Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo("/batches?status=failed");

        var page = circuit.Bunit.Render<BatchListPage>();

        page.WaitForAssertion(() => Assert.Equal("No batch matches.", page.Find("[data-empty]").TextContent), BatchCircuit.Patience);
        Assert.Equal("✕ failed", page.Find("[aria-pressed=true]").TextContent);
    }

    [Fact]
    public async Task A_newcomer_is_led_from_nothing_to_the_presets()
    {
        await using var circuit = await BatchCircuit.CreateAsync();
        var home = circuit.Bunit.Render<HomePage>();
        home.WaitForAssertion(() => Assert.True(Button(home, "Run the presets").HasAttribute("disabled")), BatchCircuit.Patience);

        Button(home, "Load demo history").Click();
        home.WaitForAssertion(() => Assert.False(Button(home, "Run the presets").HasAttribute("disabled")), BatchCircuit.Patience);
        Button(home, "Run the presets").Click();

        var navigation = circuit.Bunit.Services.GetRequiredService<NavigationManager>();
        home.WaitForAssertion(() => Assert.Contains("/batches/", navigation.Uri, StringComparison.Ordinal), BatchCircuit.Patience);
        Assert.Equal(5, (await circuit.EndOfAsync(Guid.Parse(navigation.Uri.Split('/')[^1]))).Completed);
        home.WaitForAssertion(() => Assert.Empty(home.FindAll("#steps")), BatchCircuit.Patience);
        Assert.Single(home.FindAll("[data-batch]"));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<HomePage> page, string name) => page.FindAll("button").Single(button => button.TextContent == name);
}
