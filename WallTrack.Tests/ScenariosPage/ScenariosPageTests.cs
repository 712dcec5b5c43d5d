using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Data.Sqlite;
using WallTrack.Scenarios;
using Page = WallTrack.Dashboard.Scenarios.ScenariosPage;

namespace WallTrack.Tests.ScenariosPage;

public sealed class ScenariosPageTests
{
    private static readonly string[] PresetNames = [.. Presets.All.Select(preset => preset.Name)];

    [Fact]
    public async Task Without_stored_scenarios_the_presets_show_the_way()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = circuit.Bunit.Render<Page>();

        Assert.Equal(PresetNames, Names(page));
        Assert.Equal(Presets.All.Length, page.FindAll(".badge").Count);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Delete");
        Assert.StartsWith("These are the presets", page.Find("p.empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_says_what_tells_a_scenario_from_others()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        await circuit.StoreAsync("Mine", draft => (draft.Description, draft.Tags, draft.Moonbag, draft.MaxHoldHours) = ("Why not", ["a", "b"], 0, 3));
        var row = circuit.Bunit.Render<Page>().Find("tr[data-scenario=Mine]");

        Assert.Equal(["", "MineCustom · a, b · Why not", "0.70", "0.10", "50 %", "2×→33 %, 3×→33 %", "30 % from 2×", "none", "2026-01-01 00:00:00 UTC", "DuplicateDelete"],
            row.Children.Select(cell => cell.TextContent.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal).Trim()));
    }

    [Fact]
    public async Task The_filter_is_in_the_address()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("Night desk", "Day desk");
        circuit.Navigation.NavigateTo("/scenarios?q=desk");
        var page = circuit.Bunit.Render<Page>();
        Assert.Equal(["Day desk", "Night desk"], Names(page));
        Assert.Equal("desk", page.Find("#scenario-search").GetAttribute("value"));

        page.Find("#scenario-search").Input("night");

        Assert.Equal(["Night desk"], Names(page));
        Assert.EndsWith("/scenarios?q=night", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("1 of 7 scenarios", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/scenarios/export.json?q=night", page.FindAll("a[download]").Single().GetAttribute("href"));

        page.Find("#category-filter").Change("Aggressive");
        Assert.Empty(Names(page));
        Assert.Contains("No scenario matches.", page.Markup, StringComparison.Ordinal);

        page.FindAll("button").Single(button => button.TextContent == "Show all 7").Click();
        Assert.Equal(7, Names(page).Count);
        Assert.Equal("", page.Find("#scenario-search").GetAttribute("value"));
    }

    [Fact]
    public async Task Delete_asks_once_and_says_what_stays()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("Night desk", "Day desk");
        var page = circuit.Bunit.Render<Page>();
        page.Find("[aria-label='Delete Night desk']").Click();
        Assert.Equal("Delete “Night desk”? Batches that ran it keep their own copy.", page.Find("[data-question] p").TextContent.Trim());

        Press(page, "Keep");
        Assert.Equal(7, Names(page).Count);
        page.Find("[aria-label='Delete Night desk']").Click();
        Press(page, "Delete 1 scenario");

        Assert.Equal([.. PresetNames, "Day desk"], Names(page));
        Assert.Equal("✓ Deleted “Night desk”.", page.Find(".done").TextContent);
        Assert.Equal(Presets.All.Length + 1, (await circuit.Catalogue.ListAsync()).Count);
    }

    [Fact]
    public async Task Of_a_selection_presets_are_not_deleted()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("One", "Two", "Three", "Four");
        var page = circuit.Bunit.Render<Page>();
        page.Find("[aria-label='Select all shown']").Change(true);
        Assert.Contains("9 selected", page.Markup, StringComparison.Ordinal);

        Press(page, "Delete");
        Assert.Equal("Delete “Four”, “One” and 2 more? Batches that ran them keep their own copy.", page.Find("[data-question] p").TextContent.Trim());
        Press(page, "Delete 4 scenarios");

        Assert.Equal(PresetNames, Names(page));
    }

    [Fact]
    public async Task Two_selected_can_be_compared_and_the_chosen_ids_are_exported()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("One");
        var own = (await circuit.Catalogue.ListAsync())[^1];
        var page = circuit.Bunit.Render<Page>();
        page.Find("[aria-label='Select One']").Change(true);
        page.Find("[aria-label='Select Balanced']").Change(true);

        Assert.Equal($"/scenarios/{Presets.Balanced.Id}?compare={own.Id}", page.FindAll("a").Single(link => link.TextContent == "Compare").GetAttribute("href"));
        Assert.Equal(new[] { own.Id, Presets.Balanced.Id }.Order(), page.Find("input[name=ids]").GetAttribute("value")!.Split(',').Select(Guid.Parse).Order());

        page.Find("[aria-label='Select One']").Change(false);
        Assert.True(page.FindAll("button").Single(button => button.TextContent == "Delete" && button.HasAttribute("disabled")).HasAttribute("title"));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        await circuit.Catalogue.ImportAsync(Enumerable.Range(0, 150).Select(place => Scenario.From(new() { Id = Guid.NewGuid(), Name = $"Scenario {place:000}" })));
        circuit.Navigation.NavigateTo("/scenarios?page=2");
        var page = circuit.Bunit.Render<Page>();

        Assert.Equal(Enumerable.Range(95, 55).Select(place => $"Scenario {place:000}"), Names(page));
        Assert.Equal("101–155 of 155", page.Find("nav [role=status]").TextContent);
        Press(page, "Previous");
        Assert.EndsWith("/scenarios", circuit.Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(100, Names(page).Count);
    }

    [Fact]
    public async Task An_unreadable_database_is_a_sentence_and_another_try()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync("One");
        await ExecuteAsync(circuit, "ALTER TABLE scenarios RENAME TO away");
        var page = circuit.Bunit.Render<Page>();
        Assert.StartsWith("✕ The scenarios cannot be read: ", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await ExecuteAsync(circuit, "ALTER TABLE away RENAME TO scenarios");
        Press(page, "Try again");

        Assert.Equal([.. PresetNames, "One"], Names(page));
    }

    [Fact]
    public async Task Every_fault_of_a_file_is_a_sentence_under_its_scenario_and_nothing_is_stored()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = Choose(circuit, """[{ "name": "Good" }, { "name": "Bad", "stop_los": 1, "score_threshold": 2 }, { "score_threshold": 0.5 }]""");

        Assert.Equal("✕ mine.json has 3 faults, in 2 of its 3 scenarios. Nothing was imported: mend the file and choose it again.", page.Find("p.alarm").TextContent);
        Assert.Equal(
            ["Bad", "Field \"stop_los\" is unknown.", "Score threshold is 2; it must be at least 0 and at most 1.", "scenario 3", "Name is missing; it must have 1 to 100 characters."],
            page.FindAll("dl > *").Select(line => line.TextContent));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.StartsWith("Import ", StringComparison.Ordinal));
        Assert.Equal(PresetNames, Names(page));
    }

    [Fact]
    public async Task A_file_full_of_faults_does_not_fill_the_page()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var page = Choose(circuit, $"[{string.Join(',', Enumerable.Repeat("1", 2_000))}]");

        Assert.Contains("2,000 faults, in 2,000 of its 2,000 scenarios. The first 500 are shown.", page.Find("p.alarm").TextContent, StringComparison.Ordinal);
        Assert.Equal(500, page.FindAll("dd").Count);
    }

    [Theory]
    [InlineData("[{", "mine.json: This is not valid JSON at line 1: check for a missing comma, quote or bracket there.")]
    [InlineData("[]", "mine.json: The array of scenarios is empty.")]
    public async Task What_is_no_scenario_file_is_refused(string content, string sentence)
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        Assert.Equal($"✕ {sentence}", Choose(circuit, content).Find("p.alarm").TextContent);
    }

    [Fact]
    public async Task An_import_says_first_what_it_will_replace()
    {
        await using var circuit = await ScenariosCircuit.CreateAsync();
        var stored = await circuit.StoreAsync("Mine");
        var page = Choose(circuit, $$"""[{ "id": "{{stored.Id}}", "name": "Mine", "score_threshold": 0.5 }, { "name": "New" }, { "id": "{{Presets.Balanced.Id}}", "name": "Balanced", "score_threshold": 0.1 }]""");

        Assert.Equal(["mine.json: 2 new, 1 replaced.", "▲ These are stored with other content, which will be replaced: Mine.", "Changed presets are taken as copies of your own: Balanced (imported)."],
            page.FindAll("[data-preview] p").Select(line => line.TextContent));
        Assert.Equal(0.7, (await circuit.Catalogue.OpenAsync(stored.Id))!.Scenario.ScoreThreshold);
        Press(page, "Import 3");

        Assert.Equal("✓ Imported: 2 new, 1 replaced.", page.Find(".done").TextContent);
        Assert.Equal([.. PresetNames, "Balanced (imported)", "Mine", "New"], Names(page));
        Assert.Equal(0.5, (await circuit.Catalogue.OpenAsync(stored.Id))!.Scenario.ScoreThreshold);
    }

    private static IRenderedComponent<Page> Choose(ScenariosCircuit circuit, string content)
    {
        var page = circuit.Bunit.Render<Page>();
        Press(page, "Import");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(content, "mine.json"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("p.alarm, [data-preview]")), TimeSpan.FromSeconds(10));
        return page;
    }

    private static List<string> Names(IRenderedComponent<Page> page) => [.. page.FindAll("th.name a").Select(link => link.TextContent)];

    private static void Press(IRenderedComponent<Page> page, string button) => page.FindAll("button").First(found => found.TextContent.Trim() == button).Click();

    private static async Task ExecuteAsync(ScenariosCircuit circuit, string sql)
    {
        await using var connection = new SqliteConnection(circuit.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
