using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

[Collection(nameof(DashboardCollection))]
public sealed class HomePageTests(DashboardFixture dashboard)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_home_page_is_live_without_a_complaint(ColorScheme scheme)
    {
        await using var tab = await dashboard.OpenTabAsync(scheme);
        await tab.GoLiveAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "WallTrack", Level = 1 })).ToBeVisibleAsync();
        var uptime = tab.Page.Locator("[data-uptime]");
        await Expect(uptime).Not.ToHaveTextAsync(await uptime.InnerTextAsync());

        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_to_object_to(ColorScheme scheme)
    {
        await using var tab = await dashboard.OpenTabAsync(scheme);
        await tab.GoLiveAsync();

        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Light_and_dark_differ()
    {
        await using var light = await dashboard.OpenTabAsync(ColorScheme.Light);
        await using var dark = await dashboard.OpenTabAsync(ColorScheme.Dark);
        await light.GoLiveAsync();
        await dark.GoLiveAsync();

        Assert.NotEqual(await GroundColourAsync(light), await GroundColourAsync(dark));
    }

    /// <summary>Blazor would otherwise fetch the new page into the old one, which then came to life under the new address.</summary>
    [Fact]
    public async Task A_link_followed_before_the_page_is_live_is_the_browsers_own()
    {
        await using var tab = await dashboard.OpenTabAsync();
        await tab.Page.RouteAsync("**/_blazor/**", _ => Task.CompletedTask); // no circuit ever
        await tab.Page.GotoAsync("/");
        await tab.Page.EvaluateAsync("window.isTheFirst = true");
        await tab.Page.GetByLabel("Pages").GetByRole(AriaRole.Link, new() { Name = "Batches", Exact = true }).ClickAsync();

        await Expect(tab.Page).ToHaveTitleAsync("Batches – WallTrack");
        Assert.False(await tab.Page.EvaluateAsync<bool>("window.isTheFirst === true"));
    }

    [Fact]
    public async Task A_button_pressed_before_the_page_is_live_waits_for_it()
    {
        await using var tab = await dashboard.OpenTabAsync();
        var circuit = new TaskCompletionSource();
        await tab.Page.RouteAsync("**/_blazor/**", async route =>
        {
            await circuit.Task;
            await route.ContinueAsync();
        });
        await tab.Page.GotoAsync("/scenarios");
        var import = tab.Button("Import");
        await Expect(import).ToBeDisabledAsync();
        await Expect(tab.Page.GetByLabel("Search")).ToBeDisabledAsync();
        await Expect(tab.Link("New scenario")).ToBeEnabledAsync();

        var press = import.ClickAsync(); // waits as an operator would
        circuit.SetResult();
        await press;

        await Expect(tab.Page.GetByLabel("Scenario file")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1280)]
    public async Task The_page_never_scrolls_sideways(int widthPx)
    {
        await using var tab = await dashboard.OpenTabAsync(widthPx: widthPx);
        await tab.GoLiveAsync();

        Assert.Equal(widthPx, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task An_unknown_address_gets_a_404_and_a_way_home()
    {
        await using var tab = await dashboard.OpenTabAsync();
        var response = await tab.Page.GotoAsync("/no-such-page");

        Assert.Equal(404, response!.Status);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no page at this address");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the home page" }).ClickAsync();
        await Expect(tab.Page.Locator("[data-connection=live]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_lost_connection_is_said_in_words()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync();

        await app.DisposeAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Connection to WallTrack lost" })).ToBeVisibleAsync();
    }

    private static Task<string> GroundColourAsync(Tab tab) =>
        tab.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
