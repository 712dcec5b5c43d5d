using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>All presets over the demo history, compared and looked into.</summary>
[Collection(nameof(DashboardCollection))]
public sealed class ComparisonPageTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Presets_are_compared_weighed_and_looked_into()
    {
        await using var app = new DashboardApp();
        var batch = await RunPresetsAsync(app);
        await using (var tab = await dashboard.OpenTabAsync(app: app))
        {
            await tab.GoLiveAsync($"/compare?batch={batch}");
            await Expect(tab.Page).ToHaveTitleAsync("Compare – WallTrack");
            await ReadyAsync(tab, curves: 5);

            // A weight moved by the keyboard, and the page stays where it is.
            var ranks = await RanksAsync(tab);
            var drawdown = tab.Page.GetByLabel("Max drawdown", new() { Exact = true });
            await drawdown.FocusAsync();
            var scrolledPx = await tab.Page.EvaluateAsync<int>("window.scrollTo(0, 60), window.scrollY");
            await tab.Page.Keyboard.PressAsync("End");
            await Expect(tab.Page).ToHaveURLAsync(new Regex("weights=.*max_drawdown%3A1"));
            await Expect(drawdown).ToBeFocusedAsync();
            await Expect(tab.Page.Locator("[data-rank]").First).Not.ToHaveTextAsync(ranks[0]);
            Assert.Equal((60, 60), (scrolledPx, await tab.Page.EvaluateAsync<int>("window.scrollY")));
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Baseline: Balanced" }).ClickAsync();
            await Expect(tab.Page.Locator(".difference").First).ToBeVisibleAsync();
            await tab.Page.GetByLabel("Only those that differ").CheckAsync();
            await Expect(tab.Page.GetByText("Network fee", new() { Exact = true })).ToHaveCountAsync(0); // all have it alike

            var (moved, address) = (await RanksAsync(tab), tab.Page.Url);
            Assert.NotEqual(ranks, moved);
            await tab.Page.ReloadAsync();
            await ReadyAsync(tab, curves: 5);
            Assert.Equal((address, string.Join(';', moved)), (tab.Page.Url, string.Join(';', await RanksAsync(tab))));
            await Expect(tab.Page.Locator("th.scenario.baseline a").First).ToHaveTextAsync("Balanced");
            await Expect(tab.Page.GetByLabel("Only those that differ")).ToBeCheckedAsync();

            // From the comparison into a result.
            await tab.Page.Locator("th.scenario").GetByRole(AriaRole.Link, new() { Name = "Balanced" }).ClickAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Balanced");
            await Expect(tab.Page.Locator("[data-trades]")).ToBeVisibleAsync();
            await FilterAsync(tab);
            Assert.Empty(tab.Complaints);
        }

        await LookAsync(app, $"/compare?batch={batch}&baseline=1&weights=max_drawdown:1");
        await LookAsync(app, await ResultAddressAsync(app, batch));
    }

    [Fact]
    public async Task A_comparison_and_a_batch_are_downloaded()
    {
        await using var app = new DashboardApp();
        var batch = await RunPresetsAsync(app);
        using var client = app.CreateClient();

        foreach (var (path, mediaType, name) in new[]
        {
            ($"/batches/{batch}/export.json", "application/json", "All-presets.json"), ($"/batches/{batch}/export.csv", "text/csv", "All-presets.csv"),
            ($"/compare/export.csv?batch={batch}&results=1,2", "text/csv", "comparison.csv"), ($"/compare/export.json?batch={batch}", "application/json", "comparison.json"),
        })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, mediaType, name), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.FileName));
            Assert.Contains("Balanced", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        foreach (var path in new[] { $"/batches/{Guid.Empty}/export.json", $"/batches/{Guid.Empty}/export.csv", $"/compare/export.csv?batch={Guid.Empty}", "/compare/export.json" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/compare?batch={batch}&results=1,2&baseline=1");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Link("CSV").ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains("total_pnl_sol_difference", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Filters the trades of the page by reason, and finds the same after a reload.</summary>
    private static async Task FilterAsync(Tab tab)
    {
        var all = await tab.Page.Locator("[data-trades]").GetAttributeAsync("data-trades");
        await tab.Page.GetByLabel("Exit by").SelectOptionAsync("take_profit");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("reason=take_profit"));
        await Expect(tab.Page.Locator("[data-trades]")).Not.ToHaveAttributeAsync("data-trades", all!);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "P&L, SOL" }).ClickAsync();
        await Expect(tab.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("P&L, SOL");
        var filtered = await tab.Page.Locator("[data-trades]").GetAttributeAsync("data-trades");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("[data-trades]")).ToHaveAttributeAsync("data-trades", filtered!);
        await Expect(tab.Page.GetByLabel("Exit by")).ToHaveValueAsync("take_profit");
        await tab.Page.Locator("button.fold").First.ClickAsync();
        await Expect(tab.Page.Locator(".fills table").First).ToContainTextAsync("take-profit");
    }

    /// <summary>In both themes without an objection of axe, and without a page that scrolls sideways on a phone.</summary>
    private async Task LookAsync(DashboardApp app, string path)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var widthPx in new[] { 1280, 400 })
            {
                await using var tab = await dashboard.OpenTabAsync(scheme, widthPx, app);
                await tab.GoLiveAsync(path);
                await Expect(tab.Page.Locator("path.line").First).ToBeVisibleAsync();
                await Expect(tab.Page.Locator("[data-skeleton]")).ToHaveCountAsync(0);
                Assert.Equal(widthPx, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
                await tab.AssertAccessibleAsync();
                Assert.Empty(tab.Complaints);
            }
        }
    }

    private static async Task<Guid> RunPresetsAsync(DashboardApp app)
    {
        var history = new MadeUpHistoryOptions();
        await app.Services.GetRequiredService<HistoryImporter>().ImportMadeUpAsync(history);
        await using var scope = app.Services.CreateAsyncScope();
        var runner = scope.ServiceProvider.GetRequiredService<BatchRunner>();
        var batch = await runner.StartAsync(new() { Name = "All presets", ScenarioIds = [.. Presets.All.Select(preset => preset.Id)], From = history.Start, To = history.End });
        using var patience = new CancellationTokenSource(Tab.Patience);
        await foreach (var snapshot in runner.WatchAsync(batch, patience.Token))
        {
            if (snapshot.IsOver)
                break;
        }

        return batch;
    }

    private static async Task<string> ResultAddressAsync(DashboardApp app, Guid batch) =>
        $"/results/{(await app.Services.GetRequiredService<BatchResults>().ListAsync(batch, [1]))[0].Id}?sort=pnl&order=desc";

    private static async Task ReadyAsync(Tab tab, int curves)
    {
        await Expect(tab.Page.Locator("[data-connection=live]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("path.line")).ToHaveCountAsync(curves);
    }

    private static async Task<IReadOnlyList<string>> RanksAsync(Tab tab) => await tab.Page.Locator("[data-rank]").AllInnerTextsAsync();
}
