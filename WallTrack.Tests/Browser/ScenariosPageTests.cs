using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WallTrack.Scenarios;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

[Collection(nameof(DashboardCollection))]
public sealed class ScenariosPageTests(DashboardFixture dashboard)
{
    private const string LongName = "A name that an operator would never choose but a generator would, a hundred characters long, all in";
    private static readonly string Unbroken = new('W', 100);

    [Fact]
    public async Task A_preset_becomes_a_scenario_of_ones_own_that_is_edited_and_deleted()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync();
        await tab.Link("Scenarios").ClickAsync();
        await Expect(tab.Page).ToHaveTitleAsync("Scenarios – WallTrack");

        // duplicate
        await tab.Link("Duplicate Quick Flip").ClickAsync();
        await Expect(tab.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Quick Flip (copy)");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Quicker Flip");
        await tab.Button("Save").ClickAsync();
        await Expect(tab.Page.GetByText("✓ Saved")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/scenarios/[0-9a-f-]{36}$"));
        await Expect(tab.Page).ToHaveTitleAsync("Quicker Flip – WallTrack");

        // edit: the sentence stands beside the field, the save leads to it, the picture follows
        var stop = tab.Page.GetByLabel("Stop loss, %", new() { Exact = true });
        await stop.FillAsync("120");
        await Expect(tab.Page.GetByText("Stop loss is 1.2 (120 %); it must be above 0 and at most 1 (100 %).")).ToBeVisibleAsync();
        await tab.Button("Save").ClickAsync();
        await Expect(stop).ToBeFocusedAsync();
        await stop.FillAsync("35");
        await Expect(tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("At 0.65× the stop loss") })).ToBeVisibleAsync();
        await tab.Button("Save").ClickAsync();
        await Expect(tab.Page.GetByText("✓ Saved")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(stop).ToHaveValueAsync("35");

        // delete
        await tab.Page.GetByLabel("Where this page belongs").GetByText("Scenarios").ClickAsync();
        await tab.Button("Delete Quicker Flip").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("Batches that ran it keep their own copy.");
        await Expect(tab.Button("Delete 1 scenario")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
        await Expect(tab.Button("Delete Quicker Flip")).ToBeFocusedAsync();
        await tab.Button("Delete Quicker Flip").ClickAsync();
        await tab.Button("Delete 1 scenario").ClickAsync();
        await Expect(tab.Page.GetByText("Deleted “Quicker Flip”.")).ToBeVisibleAsync();
        await Expect(Row(tab, "Quicker Flip")).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_new_scenario_is_made_by_keyboard_alone()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync("/scenarios");
        await tab.Link("New scenario").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await tab.Page.Keyboard.TypeAsync("Typed");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("Agg"); // the category's select
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("With no mouse");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("hand");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Button("Remove tag hand")).ToBeVisibleAsync();
        await tab.Button("Save").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.GetByText("✓ Saved")).ToBeVisibleAsync();
        var stored = (await Catalogue(app).ListAsync())[^1];
        Assert.Equal(("Typed", ScenarioCategory.Aggressive, "With no mouse", "hand"), (stored.Name, stored.Category, stored.Description, Assert.Single(stored.Tags)));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_file_with_faults_is_refused_in_sentences_and_a_mended_one_is_taken()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync("/scenarios");
        await tab.Button("Import").ClickAsync();
        await ChooseAsync(tab, """[{ "name": "First" }, { "name": "Second", "score_threshold": 7, "stop_loss": 1 }]""");

        await Expect(tab.Page.GetByText("mine.json has 2 faults, in 1 of its 2 scenarios. Nothing was imported")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("What is wrong with the file")).ToHaveTextAsync(new Regex("Second\\s*Field \"stop_loss\" is unknown\\.\\s*Score threshold is 7; it must be at least 0 and at most 1\\."));
        await tab.AssertAccessibleAsync();
        Assert.Equal(Presets.All.Length, (await Catalogue(app).ListAsync()).Count);

        await ChooseAsync(tab, """[{ "name": "First" }, { "name": "Second", "score_threshold": 0.7 }]""");
        await tab.Button("Import 2").ClickAsync();

        await Expect(tab.Page.GetByText("Imported: 2 new.")).ToBeVisibleAsync();
        await Expect(Row(tab, "Second")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_is_exported_is_what_was_chosen_and_reads_back_the_same()
    {
        await using var app = new DashboardApp();
        await StoreAsync(app, "Night desk", "Day desk", "Other");
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync("/scenarios");

        Assert.Equal([.. Presets.All.Select(preset => preset.Name), "Day desk", "Night desk", "Other"], await ExportAsync(tab.Link("Export all"), "scenarios.json"));
        await tab.Page.GetByLabel("Search").FillAsync("desk");
        Assert.Equal(["Day desk", "Night desk"], await ExportAsync(tab.Link("Export 2 shown"), "scenarios.json"));
        await tab.Page.GetByLabel("Select Night desk").CheckAsync();
        Assert.Equal(["Night desk"], await ExportAsync(tab.Button("Export"), "scenarios.json"));
        await tab.Link("Night desk").ClickAsync();
        Assert.Equal(["Night desk"], await ExportAsync(tab.Link("Export"), "Night desk.json"));
        Assert.DoesNotContain(tab.Complaints, complaint => !complaint.Contains("export.json", StringComparison.Ordinal)); // a download ends its request

        async Task<IEnumerable<string>> ExportAsync(ILocator control, string fileName)
        {
            var download = await tab.Page.RunAndWaitForDownloadAsync(() => control.ClickAsync());
            Assert.Equal(fileName, download.SuggestedFilename);
            using var reader = new StreamReader(await download.CreateReadStreamAsync());
            var entries = ScenarioJson.Read(await reader.ReadToEndAsync());
            var stored = await Catalogue(app).FindAsync([.. entries.Select(entry => entry.Scenario!.Id)]);
            Assert.All(entries, entry => Assert.Equal(ScenarioJson.Write(stored[entry.Scenario!.Id]), ScenarioJson.Write(entry.Scenario)));
            return entries.Select(entry => entry.Label);
        }
    }

    [Fact]
    public async Task The_filter_is_in_the_address_and_fast_typing_loses_nothing()
    {
        await using var app = new DashboardApp();
        await StoreAsync(app, "Night desk", "Day desk");
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync("/scenarios");
        await tab.Page.GetByLabel("Search").PressSequentiallyAsync("night desk");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("q=night%20desk$"));
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(tab.Page.GetByLabel("Search")).ToHaveValueAsync("night desk");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.GetByLabel("Search")).ToHaveValueAsync("night desk");
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await tab.Button("Clear").ClickAsync();
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(Presets.All.Length + 2);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Leaving_an_unsaved_form_asks_inside_the_dashboard_and_at_its_door()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/scenarios/new?from={Presets.Balanced.Id}");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Half done");
        await Expect(tab.Page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("What you changed here is not saved yet.");
        await tab.AssertAccessibleAsync();
        await tab.Button("Stay").ClickAsync();
        await Expect(tab.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Half done");

        var asked = new TaskCompletionSource<string>();
        tab.Page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await tab.Page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await tab.Button("Leave without saving").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/history$"));
        Assert.Equal(Presets.All.Length, (await Catalogue(app).ListAsync()).Count);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Two_operators_do_not_overwrite_each_other()
    {
        await using var app = new DashboardApp();
        var id = Assert.Single(await StoreAsync(app, "Ours"));
        await using var one = await dashboard.OpenTabAsync(app: app);
        await using var other = await dashboard.OpenTabAsync(app: app);
        await one.GoLiveAsync($"/scenarios/{id}");
        await other.GoLiveAsync($"/scenarios/{id}");
        await one.Page.GetByLabel("Moonbag, %").FillAsync("10");
        await one.Button("Save").ClickAsync();
        await Expect(one.Page.GetByText("✓ Saved")).ToBeVisibleAsync();

        await other.Page.GetByLabel("Moonbag, %").FillAsync("20");
        await other.Button("Save").ClickAsync();

        await Expect(other.Page.Locator("[data-refused]")).ToContainTextAsync("Nothing was overwritten.");
        await other.AssertAccessibleAsync();
        await other.Button("Compare with theirs").ClickAsync();
        await Expect(other.Page.Locator("[data-field='exit_strategy.moonbag_pct'] .other")).ToContainTextAsync("10 %");
        Assert.Equal(0.10, (await Catalogue(app).OpenAsync(id))!.Scenario.Exit.Moonbag);
        Assert.Empty(other.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_to_object_to(ColorScheme scheme)
    {
        await using var app = new DashboardApp();
        var ids = await StoreAsync(app, "Night desk", LongName);
        await using var tab = await dashboard.OpenTabAsync(scheme, app: app);
        await tab.GoLiveAsync("/scenarios");
        await tab.Page.GetByLabel("Select Night desk").CheckAsync();
        await tab.AssertAccessibleAsync();
        await tab.Button("Delete Night desk").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoLiveAsync($"/scenarios/{Presets.DiamondHands.Id}?compare={ids[0]}");
        await Expect(tab.Page.Locator(".other").First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoLiveAsync($"/scenarios/{ids[1]}?compare={Presets.QuickFlip.Id}");
        await tab.Page.GetByText("The same in words").ClickAsync();
        await tab.Page.GetByLabel("Wallet weight").FillAsync("0.9");
        await tab.Page.GetByLabel("Slippage, bps").FillAsync("x");
        await tab.Page.GetByLabel("Take-profit 1 sells, %").FillAsync("90");
        await tab.Page.GetByLabel("Take-profit 2 at, ×").FillAsync("1");
        await tab.Page.GetByLabel("follows the price up").UncheckAsync();
        await Expect(tab.Page.Locator(".fault")).ToHaveCountAsync(3);
        await tab.AssertAccessibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(820)]
    [InlineData(1280)]
    public async Task Neither_long_names_nor_narrow_screens_push_the_page_sideways(int widthPx)
    {
        await using var app = new DashboardApp();
        var ids = await StoreAsync(app, LongName, Unbroken);
        await using var tab = await dashboard.OpenTabAsync(widthPx: widthPx, app: app);
        await tab.GoLiveAsync("/scenarios");
        await tab.Page.GetByLabel($"Select {Unbroken}").CheckAsync();
        await Expect(tab.Link("Duplicate").Or(tab.Link($"Duplicate {Unbroken}")).First).ToBeVisibleAsync();
        Assert.Equal(widthPx, await WidthAsync());

        await tab.GoLiveAsync($"/scenarios/{ids[1]}?compare={ids[0]}");
        await tab.Page.GetByLabel("Tags").FillAsync(Unbroken[..59] + ",");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Remove tag") })).ToBeVisibleAsync();
        await tab.Button("Delete").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        Assert.Equal(widthPx, await WidthAsync());

        Task<int> WidthAsync() => tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    [Fact]
    public async Task An_export_of_what_does_not_exist_is_not_found()
    {
        using var client = dashboard.App.CreateClient();
        using var response = await client.GetAsync(new Uri($"/scenarios/{Guid.Empty}/export.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    private static ScenarioCatalogue Catalogue(DashboardApp app) => app.Services.GetRequiredService<ScenarioCatalogue>();

    private static async Task<List<Guid>> StoreAsync(DashboardApp app, params string[] names)
    {
        var scenarios = names.Select(name => Scenario.From(new() { Id = Guid.NewGuid(), Name = name, Description = $"{name}, described" })).ToList();
        await Catalogue(app).ImportAsync(scenarios);
        return [.. scenarios.Select(scenario => scenario.Id)];
    }

    private static Task ChooseAsync(Tab tab, string json) =>
        tab.Page.GetByLabel("Scenario file").SetInputFilesAsync(new FilePayload { Name = "mine.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(json) });

    private static ILocator Row(Tab tab, string name) => tab.Page.Locator($"tr[data-scenario='{name}']");
}
