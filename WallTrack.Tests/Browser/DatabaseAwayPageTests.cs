using Microsoft.Playwright;
using WallTrack.Tests.Storage;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>The database goes away under an open page; the server is this test's own.</summary>
[Collection(nameof(DashboardCollection))]
public sealed class DatabaseAwayPageTests(DashboardFixture dashboard)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task A_page_that_cannot_be_read_says_so_to_everybody_and_comes_by_itself(ColorScheme scheme, int widthPx)
    {
        await using var server = new PostgreSqlServer();
        await using var app = new DashboardApp(database: await server.NewDatabaseAsync());
        await using var tab = await dashboard.OpenTabAsync(scheme, widthPx, app);
        await tab.GoLiveAsync();
        await using var nodes = await dashboard.OpenTabAsync(scheme, widthPx, app);
        await nodes.GoLiveAsync("/nodes");
        await Expect(nodes.Page.Locator("[data-live=true]")).ToHaveCountAsync(1);

        await server.StopAsync("fast");
        await tab.Page.GetByLabel("Pages").GetByRole(AriaRole.Link, new() { Name = "Scenarios", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "The database does not answer" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        Assert.Equal(widthPx, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await Expect(nodes.Page.Locator("[data-away]")).ToContainTextAsync("Nothing is heard from the database.");
        await Expect(nodes.Page.Locator("[data-node-sums]")).ToContainTextAsync("1 live node, ");
        await Expect(nodes.Page.Locator("[data-live=true]")).ToHaveCountAsync(1); // nobody can say that it is silent
        await nodes.AssertAccessibleAsync();

        await server.StartAgainAsync();
        await Expect(nodes.Page.Locator("[data-away]")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Scenarios", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints.Concat(nodes.Complaints));
    }
}
