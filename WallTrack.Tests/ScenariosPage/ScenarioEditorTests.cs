using AngleSharp.Dom;
using Bunit;
using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;

namespace WallTrack.Tests.ScenariosPage;

public sealed class ScenarioEditorTests
{
    [Fact]
    public async Task A_new_scenario_starts_at_the_defaults_without_a_reproach()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit("/scenarios/new");

        Assert.Equal("New scenario", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(".fault"));
        Assert.Equal(["0.3", "0.7", "50"], new[] { "wallet_weight", "score_threshold", "stop_loss_pct" }.Select(id => Value(page, id)));

        Press(page, "Save");

        Assert.Equal("✕ Name has 0 characters; it must have 1 to 100.", Assert.Single(page.FindAll(".fault")).TextContent);
        circuit.Bunit.JSInterop.VerifyInvoke("walltrackFocus.first");
        Assert.Equal(Presets.All.Length, (await circuit.Catalogue.ListAsync()).Count);
    }

    [Fact]
    public async Task Saving_a_new_scenario_stores_it_and_gives_it_an_address()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit("/scenarios/new");
        page.Find("#name").Input("Mine");
        page.Find("#stop_loss_pct").Input("25");
        page.Find("#category").Change("Aggressive");
        page.Find("#tag").Input("fast, cheap,");
        Press(page, "Save");

        var stored = (await circuit.Catalogue.ListAsync())[^1];
        Assert.Equal(("Mine", 0.25, ScenarioCategory.Aggressive), (stored.Name, stored.Exit.StopLoss, stored.Category));
        Assert.Equal(["fast", "cheap"], stored.Tags);
        Assert.EndsWith($"/scenarios/{stored.Id}", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("✓ Saved", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_as_it_is_typed()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/new?from={Presets.Balanced.Id}");
        page.Find("#slippage_bps").Input("6000");

        var field = page.Find("[data-field='slippage_bps']");
        Assert.Equal("✕ Slippage is 6000 bps; it must be at least 0 and at most 5000.", field.QuerySelector(".fault")!.TextContent);
        var input = field.QuerySelector("input")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains(field.QuerySelector(".fault")!.Id!, input.GetAttribute("aria-describedby")!.Split(' '));

        page.Find("#slippage_bps").Input("60");
        Assert.Empty(page.FindAll(".fault"));
    }

    [Fact]
    public async Task A_wrong_sum_marks_all_that_have_a_part_in_it()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/new?from={Presets.Balanced.Id}");
        page.Find("#wallet_weight").Input("0.5");
        page.Find("#moonbag_pct").Input("40");

        Assert.Equal(
            ["✕ The four scoring weights add up to 1.2; their sum must be 1 ± 0.01.", "✕ The sell fractions and the moonbag add up to 1.06 (106 %); together they must be at most 1 (100 %)."],
            page.FindAll(".fault").Select(fault => fault.TextContent));
        Assert.Equal(6, page.FindAll("[aria-invalid=true]").Count);
        Assert.All(page.FindAll("[aria-invalid=true]"), input => Assert.Contains(page.FindAll(".fault"), fault => input.GetAttribute("aria-describedby")!.Contains(fault.Id!, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_picture_follows_the_form()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/new?from={Presets.QuickFlip.Id}");
        Assert.Equal(["1.5× take-profit 2: sell 50 %", "1.3× take-profit 1: sell 50 %", "1× entry", "0.8× stop loss"], Levels(page));

        page.Find("#stop_loss_pct").Input("40");
        page.FindAll("[aria-label='Remove take-profit 2']").Single().Click();

        Assert.Equal(["1.3× take-profit 1: sell 50 %", "1× entry", "0.6× stop loss"], Levels(page));
        Assert.Contains("At 0.6× the stop loss sells everything.", page.Find("svg[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_from_another_scenario_stand_beside_their_fields()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/new?from={Presets.Balanced.Id}&compare={Presets.QuickFlip.Id}");

        Assert.Equal(
            ["category-other: Experimental", "score_threshold: 0.75", "level-1-said: 50 % at 1.3×", "level-2-said: 50 % at 1.5×", "stop_loss_pct: 20 %", "trailing: off", "moonbag_pct: 0 %", "max_concurrent_positions: 10"],
            page.FindAll(".other").Select(other => $"{PlaceOf(other)}: {other.TextContent.Replace("≠ The other scenario has ", "", StringComparison.Ordinal)}"));
        Assert.StartsWith("8 differences from Quick Flip.", page.Find(".summary").TextContent, StringComparison.Ordinal);

        page.Find("#stop_loss_pct").Input("20");
        Assert.StartsWith("7 differences", page.Find(".summary").TextContent, StringComparison.Ordinal);
        page.Find("#compare").Change("");
        Assert.Empty(page.FindAll(".other"));
        Assert.DoesNotContain("compare", circuit.Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preset_is_read_only_and_leads_to_a_duplicate()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/{Presets.Balanced.Id}");

        Assert.All(page.FindAll(".groups input[type=text], .groups textarea"), input => Assert.True(input.HasAttribute("readonly"), input.Id));
        Assert.All(page.FindAll(".groups :is(select, input[type=checkbox])"), input => Assert.True(input.HasAttribute("disabled"), input.Id));
        Assert.Empty(page.FindAll("button"));
        Assert.Equal($"/scenarios/new?from={Presets.Balanced.Id}", page.FindAll("a.primary").Single().GetAttribute("href"));
    }

    [Fact]
    public async Task A_duplicate_is_free_to_edit_and_stands_on_its_own()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/new?from={Presets.DiamondHands.Id}");
        Assert.Equal("Diamond Hands (copy)", Value(page, "name"));

        Press(page, "Save");

        var stored = (await circuit.Catalogue.ListAsync())[^1];
        Assert.Equal(("Diamond Hands (copy)", 0.7, false), (stored.Name, stored.Exit.StopLoss, stored.IsPreset));
        Assert.Equal(Presets.DiamondHands.Exit, stored.Exit);
    }

    [Fact]
    public async Task A_name_that_another_has_is_a_warning_and_no_refusal()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("Taken");
        var page = circuit.Edit("/scenarios/new");
        page.Find("#name").Input("taken");
        Assert.StartsWith("▲ Another scenario has this name", page.Find(".warning").TextContent, StringComparison.Ordinal);

        Press(page, "Save");

        Assert.Equal(2, (await circuit.Catalogue.ListAsync()).Count(scenario => scenario.Name.Equals("taken", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_change_of_another_operator_is_not_overwritten_unasked()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Ours");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        await circuit.ChangeAsync(scenario.Id, draft => draft.StopLoss = 0.11);
        page.Find("#stop_loss_pct").Input("22");
        Press(page, "Save");

        Assert.Contains("Somebody else saved this scenario since you opened it.", page.Find("[data-refused]").TextContent, StringComparison.Ordinal);
        Assert.Equal(0.11, await StopLossAsync());
        Press(page, "Compare with theirs");
        Assert.EndsWith("has 11 %", page.Find("[data-field='exit_strategy.stop_loss_pct'] .other").TextContent, StringComparison.Ordinal);

        Press(page, "Save mine over theirs");
        Assert.Equal(0.22, await StopLossAsync());
        Assert.Empty(page.FindAll("[data-refused], .other"));

        async Task<double> StopLossAsync() => (await circuit.Catalogue.OpenAsync(scenario.Id))!.Scenario.Exit.StopLoss;
    }

    [Fact]
    public async Task The_other_operators_change_can_be_taken()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Ours");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        await circuit.ChangeAsync(scenario.Id, draft => draft.StopLoss = 0.11);
        page.Find("#stop_loss_pct").Input("22");
        Press(page, "Save");
        Press(page, "Drop mine, show theirs");
        Assert.Equal("11", Value(page, "stop_loss_pct"));

        page.Find("#stop_loss_pct").Input("33");
        Press(page, "Save");

        Assert.Equal("✓ Saved", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task What_another_operator_deleted_can_be_saved_again()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Ours");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        await circuit.Catalogue.DeleteAsync([scenario.Id]);
        page.Find("#stop_loss_pct").Input("22");
        Press(page, "Save");
        Assert.Contains("Somebody else deleted this scenario", page.Find("[data-refused]").TextContent, StringComparison.Ordinal);
        Assert.Null(await circuit.Catalogue.OpenAsync(scenario.Id));

        Press(page, "Save it again");

        Assert.Equal(0.22, (await circuit.Catalogue.OpenAsync(scenario.Id))!.Scenario.Exit.StopLoss);
    }

    [Fact]
    public async Task Leaving_with_unsaved_changes_asks()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Mine");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        page.Find("#stop_loss_pct").Input("22");

        circuit.Navigation.NavigateTo("/history");
        Assert.EndsWith($"/scenarios/{scenario.Id}", circuit.Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("not saved yet", page.Find("[data-question]").TextContent, StringComparison.Ordinal));
        Press(page, "Stay");
        Assert.Empty(page.FindAll("[data-question]"));

        circuit.Navigation.NavigateTo("/history");
        page.WaitForElement("[data-question]");
        Press(page, "Save and leave");

        Assert.EndsWith("/history", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(0.22, (await circuit.Catalogue.OpenAsync(scenario.Id))!.Scenario.Exit.StopLoss);
    }

    [Fact]
    public async Task Leaving_without_changes_does_not_ask_and_leaving_without_saving_does_not_save()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Mine");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        page.Find("#stop_loss_pct").Input("22");
        page.Find("#stop_loss_pct").Input("50");
        circuit.Navigation.NavigateTo("/history");
        Assert.EndsWith("/history", circuit.Navigation.Uri, StringComparison.Ordinal);

        var again = circuit.Edit($"/scenarios/{scenario.Id}");
        again.Find("#stop_loss_pct").Input("22");
        circuit.Navigation.NavigateTo("/history");
        again.WaitForElement("[data-question]");
        Press(again, "Leave without saving");

        Assert.EndsWith("/history", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(0.5, (await circuit.Catalogue.OpenAsync(scenario.Id))!.Scenario.Exit.StopLoss);
    }

    [Fact]
    public async Task Discarding_brings_back_what_is_stored()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Mine");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        page.Find("#stop_loss_pct").Input("22");
        Press(page, "Save");
        page.Find("#stop_loss_pct").Input("x");
        Press(page, "Discard changes");

        Assert.Equal("22", Value(page, "stop_loss_pct"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Discard changes");
    }

    [Fact]
    public async Task Delete_asks_and_leads_back_to_the_list()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var scenario = await circuit.StoreAsync("Mine");
        var page = circuit.Edit($"/scenarios/{scenario.Id}");
        page.Find("#stop_loss_pct").Input("22"); // and nothing more is asked
        Press(page, "Delete");
        Assert.Equal("Delete “Mine”? Batches that ran it keep their own copy.", page.Find("[data-question] p").TextContent.Trim());

        page.FindAll("[data-question] button")[0].Click();

        Assert.EndsWith("/scenarios", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Null(await circuit.Catalogue.OpenAsync(scenario.Id));
    }

    [Fact]
    public async Task A_scenario_that_is_gone_is_said_to_be()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Edit($"/scenarios/{Guid.NewGuid()}");

        Assert.Contains("No scenario has this address.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input"));
    }

    private static IEnumerable<string> Levels(IRenderedComponent<ScenarioEditorPage> page) =>
        page.FindAll(".level text").Select(text => text.TextContent.Trim());

    private static string PlaceOf(IElement other) =>
        other.Closest("[data-field]")?.GetAttribute("data-field")?.Split('.')[^1] ?? (other.Closest(".switch") is not null ? "trailing" : other.Closest(".said")?.Id ?? other.Id!);

    private static string? Value(IRenderedComponent<ScenarioEditorPage> page, string id) => page.Find($"#{id}").GetAttribute("value");

    private static void Press(IRenderedComponent<ScenarioEditorPage> page, string button) => page.FindAll("button").First(found => found.TextContent.Trim() == button).Click();
}
