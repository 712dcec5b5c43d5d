using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Tests.Batches;
using WallTrack.Tests.BatchPages;
using WallTrack.Tests.Storage;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

[Collection(nameof(DashboardCollection))]
public sealed class BatchPagesTests(DashboardFixture dashboard, PostgreSqlServer server)
{
    /// <summary>No browser under test can be hidden, nor its notices be seen: the page is told that it is, and they are kept.</summary>
    private const string HiddenWithNotices = """
        Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' });
        window.notices = [];
        window.Notification = class {
          static permission = 'granted';
          constructor(title, { body, tag }) {
            Object.assign(this, { title, body, tag });
            window.notices.push(this);
          }
        };
        """;

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Three_clicks_lead_from_nothing_to_a_comparison(Product product)
    {
        await using var app = new DashboardApp(database: product == Product.PostgreSql ? await server.NewDatabaseAsync() : null);
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync();
        await tab.AssertAccessibleAsync();
        await tab.Button("Load demo history").ClickAsync();
        await tab.Button("Run the presets").ClickAsync();

        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(5);
        await Expect(State(tab)).ToHaveAttributeAsync("data-state", "completed");
        await Expect(tab.Page).ToHaveTitleAsync("All presets – WallTrack");
        await tab.Link("Compare all").ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex("/compare\\?batch="));
        await Expect(tab.Page.Locator("[data-rank]")).ToHaveCountAsync(5);
        await Expect(tab.Page.Locator("path.line")).ToHaveCountAsync(5);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Pages_about_batches_are_accessible_in_both_themes_and_fit_a_phone()
    {
        await using var app = new DashboardApp();
        var history = new MadeUpHistoryOptions();
        var batch = await StartAsync(app, history, new() { Name = "All presets", ScenarioIds = [.. Presets.All.Select(preset => preset.Id)], From = history.Start, To = history.End });
        var path = $"/batches/{batch}";
        await using (var tab = await dashboard.OpenTabAsync(app: app))
        {
            await tab.GoLiveAsync(path);
            await Expect(State(tab)).ToHaveAttributeAsync("data-state", "completed");
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var each in new[] { "/", "/batches", "/batches/new", $"{path}?sort=win_rate", "/notifications", "/nodes" })
            {
                await using var seen = await dashboard.OpenTabAsync(scheme, app: app);
                await seen.GoLiveAsync(each);
                await Expect(seen.Page.Locator("[data-skeleton]")).ToHaveCountAsync(0);
                await seen.AssertAccessibleAsync();
                Assert.Empty(seen.Complaints);
            }
        }

        foreach (var (each, words) in new[] { ("/", "Diamond Hands"), ("/batches", "All presets"), ("/batches/new", "Diamond Hands"), (path, "Diamond Hands"), ("/notifications", "All presets"), ("/nodes", "this page's") })
        {
            await using var narrow = await dashboard.OpenTabAsync(widthPx: 400, app: app);
            await narrow.GoLiveAsync(each);
            await Expect(narrow.Page.GetByText(words).First).ToBeAttachedAsync();
            await Expect(narrow.Page.Locator("[data-skeleton]")).ToHaveCountAsync(0);
            Assert.Equal((each, 400), (each, await narrow.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
            Assert.Empty(narrow.Complaints);
        }
    }

    [Fact]
    public async Task A_hidden_page_has_the_browser_tell_once_that_a_batch_is_done_and_leads_to_it()
    {
        using var gate = new Gate();
        await using var app = new DashboardApp(gate);
        var batch = await StartAsync(app, gate, scenarios: 3);
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.Page.Context.GrantPermissionsAsync(["notifications"]);
        await tab.Page.AddInitScriptAsync(HiddenWithNotices);
        await tab.GoLiveAsync();

        gate.Open();
        await tab.Page.WaitForFunctionAsync("() => window.notices.length > 0", null);
        await Expect(tab.Page.Locator("[data-unread]")).ToHaveAttributeAsync("data-unread", "1");
        Assert.Equal(1, await tab.Page.EvaluateAsync<int>("notices.length"));
        Assert.Contains("sweep", await tab.Page.EvaluateAsync<string>("notices[0].title"), StringComparison.Ordinal);
        Assert.Contains("3", await tab.Page.EvaluateAsync<string>("notices[0].body"), StringComparison.Ordinal);
        await tab.Page.EvaluateAsync("notices[0].onclick()");

        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/batches/{batch}$"));
        await Expect(State(tab)).ToHaveAttributeAsync("data-state", "completed");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_new_batch_is_put_together_and_started()
    {
        await using var app = new DashboardApp();
        await ImportAsync(app);
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync("/batches/new");
        await Expect(tab.Page.Locator("[data-fault]")).ToHaveTextAsync("Choose at least one scenario.");
        await Expect(tab.Button("Start")).ToBeDisabledAsync();

        await tab.Page.GetByLabel("Quick Flip").CheckAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Flips");
        await tab.Button("Start").ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Flips");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(1);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Two_pages_see_the_same_progress_and_a_closed_one_misses_nothing()
    {
        using var gate = new Gate();
        await using var app = new DashboardApp(gate);
        var batch = await StartAsync(app, gate, scenarios: 6);
        await using var one = await dashboard.OpenTabAsync(app: app);
        await using (var other = await dashboard.OpenTabAsync(app: app))
        {
            foreach (var tab in new[] { one, other })
            {
                await tab.GoLiveAsync($"/batches/{batch}");
                await Expect(Progress(tab)).ToHaveTextAsync("0 / 6");
                await Expect(tab.Page.GetByText("You may close this page")).ToBeVisibleAsync();
            }

            gate.LetThrough(2);
            foreach (var tab in new[] { one, other })
            {
                await Expect(Progress(tab)).ToHaveTextAsync("2 / 6");
                await Expect(tab.Page).ToHaveTitleAsync("2/6 sweep – WallTrack");
                await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);
            }

            Assert.Empty(other.Complaints);
        }

        gate.LetThrough(1);
        await using var reopened = await dashboard.OpenTabAsync(app: app);
        await reopened.GoLiveAsync($"/batches/{batch}");
        await Expect(Progress(reopened)).ToHaveTextAsync("3 / 6");
        await reopened.AssertAccessibleAsync();
        gate.Open();

        foreach (var tab in new[] { one, reopened })
        {
            await Expect(State(tab)).ToHaveAttributeAsync("data-state", "completed");
            await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(6);
            Assert.Empty(tab.Complaints);
        }
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_keeps_its_results_and_can_be_resumed()
    {
        using var gate = new Gate();
        await using var app = new DashboardApp(gate);
        var batch = await StartAsync(app, gate, scenarios: 6);
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/batches/{batch}");
        gate.LetThrough(2);
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);

        await tab.Button("Cancel").ClickAsync();
        await Expect(tab.Page.GetByText("2 results are kept.")).ToBeVisibleAsync();
        await Expect(tab.Button("Cancel the batch")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(State(tab)).ToHaveAttributeAsync("data-state", "cancelled");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);
        await tab.AssertAccessibleAsync();

        gate.Open();
        await tab.Button("Resume").ClickAsync();
        await Expect(State(tab)).ToHaveAttributeAsync("data-state", "completed");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(6);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_failed_scenario_is_shown_and_retried()
    {
        using var gate = new Gate();
        await using var app = new DashboardApp(gate);
        gate.Fail("scenario 1", "the wheel came off");
        var batch = await StartAsync(app, gate, scenarios: 3);
        gate.Open();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/batches/{batch}");

        await Expect(tab.Page.Locator("[data-failures]")).ToContainTextAsync("the wheel came off");
        await tab.AssertAccessibleAsync();
        gate.FailNoMore();
        await tab.Button("Retry 1 failed").ClickAsync();

        await Expect(Progress(tab)).ToHaveTextAsync("3 / 3");
        await Expect(tab.Page.Locator("[data-result] [data-state=completed]")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("[data-failures]")).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_table_is_in_the_address()
    {
        using var gate = new Gate();
        await using var app = new DashboardApp(gate);
        var batch = await StartAsync(app, gate, scenarios: 12);
        gate.Open();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/batches/{batch}");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(12);

        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Win rate") }).ClickAsync();
        await tab.Page.GetByLabel("Scenario's name has").FillAsync("scenario 1");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.GetByText("Columns", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Sharpe").UncheckAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex("sort=win_rate"));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("name=scenario"));
        await Expect(tab.Page).ToHaveURLAsync(new Regex("columns=(?!.*sharpe_ratio)"));
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(3);
        await Expect(tab.Page.Locator("th[aria-sort=descending]")).ToHaveTextAsync(new Regex("^Win rate"));
        await Expect(tab.Page.Locator("[data-metric=sharpe_ratio]")).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    /// <summary>A batch whose scenarios wait at the gate.</summary>
    private static Task<Guid> StartAsync(DashboardApp app, Gate gate, int scenarios)
    {
        gate.Close();
        return StartAsync(app, SmallSweep.History, SmallSweep.Request(scenarios) with { Name = "sweep" });
    }

    private static async Task<Guid> StartAsync(DashboardApp app, MadeUpHistoryOptions history, BatchRequest request)
    {
        await app.Services.GetRequiredService<HistoryImporter>().ImportMadeUpAsync(history);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BatchRunner>().StartAsync(request);
    }

    private static Task<ImportRecord> ImportAsync(DashboardApp app) => app.Services.GetRequiredService<HistoryImporter>().ImportMadeUpAsync(SmallSweep.History);

    private static ILocator Progress(Tab tab) => tab.Page.Locator("[data-progress]");

    private static ILocator State(Tab tab) => tab.Page.Locator(".head [data-state]").First;
}
