using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>Everything an operator does, from an empty database to a result, without a mouse.</summary>
[Collection(nameof(DashboardCollection))]
public sealed partial class KeyboardTests(DashboardFixture dashboard)
{
    private const int MostTabs = 120;

    /// <summary>What has the focus: nothing, or not to be seen, or fine. A heading has it after a navigation and needs no ring: it is where reading begins.</summary>
    private const string LookAtFocus = """
        () => {
          const focused = document.activeElement;
          if (focused === null || focused === document.body) {
            return 'lost';
          }
          if (focused.matches('h1')) {
            return 'fine';
          }
          const { outlineStyle, outlineWidth } = getComputedStyle(focused);
          const box = focused.getBoundingClientRect();
          const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
          return isInView && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 ? 'fine'
            : `not to be seen: ${isInView ? 'without outline' : 'out of view'} ${focused.outerHTML.slice(0, 200)}`;
        }
        """;

    [Fact]
    public async Task The_whole_way_is_gone_without_a_mouse()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync();

        // A history.
        await PressAtAsync(tab, tab.Button("Load demo history"), "Enter");
        await Expect(tab.Button("Run the presets")).ToBeEnabledAsync();
        await AssertFocusAsync(tab);

        // A new batch of two scenarios.
        await tab.Page.Keyboard.PressAsync("n");
        await Expect(Heading(tab)).ToHaveTextAsync("New batch");
        await Expect(tab.Page.GetByLabel("Balanced")).ToBeVisibleAsync();
        await AssertFocusAsync(tab);
        await PressAtAsync(tab, tab.Page.GetByLabel("Balanced"), "Space");
        await PressAtAsync(tab, tab.Page.GetByLabel("Quick Flip"), "Space");
        await PressAtAsync(tab, tab.Page.GetByLabel("Name", new() { Exact = true }), "Control+a");
        await tab.Page.Keyboard.TypeAsync("By hand /?n"); // no shortcuts while typing
        await PressAtAsync(tab, tab.Button("Start"), "Enter");

        // It completes before our eyes.
        await Expect(Heading(tab)).ToHaveTextAsync("By hand /?n");
        await Expect(tab.Page.Locator(".head [data-state]").First).ToHaveAttributeAsync("data-state", "completed");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);
        await AssertFocusAsync(tab);
        var batch = tab.Page.Url;

        // Search, and the help over it.
        await tab.Page.Keyboard.PressAsync("/");
        await Expect(tab.Page.GetByLabel("Scenario's name has")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("flip");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(1);
        await AssertFocusAsync(tab);
        await tab.Page.Keyboard.PressAsync("Control+a");
        await tab.Page.Keyboard.PressAsync("Delete");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);
        await PressAtAsync(tab, tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare all" }), "?"); // not in the field, where it is a letter
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys" })).ToBeVisibleAsync();
        await AssertFocusAsync(tab);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys" })).ToBeHiddenAsync();
        await AssertFocusAsync(tab);

        // Side by side, and a weight moved.
        await PressAtAsync(tab, tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare all" }), "Enter");
        await Expect(Heading(tab)).ToHaveTextAsync("Compare");
        await Expect(tab.Page.Locator("[data-rank]")).ToHaveCountAsync(2);
        await PressAtAsync(tab, tab.Page.GetByLabel("Win rate", new() { Exact = true }), "End");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("weights="));
        await AssertFocusAsync(tab);

        // Back, down and up the rows, and into the second.
        await tab.Page.GoBackAsync(); // Alt+Left, which a browser without a window does not know
        await Expect(tab.Page).ToHaveURLAsync(batch);
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(2);
        var rows = tab.Page.Locator("[data-result] a");
        foreach (var (key, row) in new[] { ("j", 0), ("j", 1), ("k", 0), ("j", 1), ("j", 1) })
        {
            await tab.Page.Keyboard.PressAsync(key);
            await Expect(rows.Nth(row)).ToBeFocusedAsync();
            await AssertFocusAsync(tab);
        }

        var name = await rows.Nth(1).InnerTextAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/results/"));
        await Expect(Heading(tab)).ToHaveTextAsync(name);
        await Expect(tab.Page.Locator("[data-trades]")).ToBeVisibleAsync();
        await AssertFocusAsync(tab);
        Assert.Empty(tab.Complaints);
    }

    /// <summary>Goes on with Tab until the focus is there, seeing it all the way, and presses the key.</summary>
    private static async Task PressAtAsync(Tab tab, ILocator target, string key)
    {
        await Expect(target).ToBeVisibleAsync();
        await Expect(target).ToBeEnabledAsync();
        for (var tabs = 0; !await target.EvaluateAsync<bool>("element => element === document.activeElement"); tabs++)
        {
            Assert.True(tabs < MostTabs, $"{target} is not reached by {MostTabs} times Tab");
            await tab.Page.Keyboard.PressAsync("Tab");
            if (tabs > 0) // the first one may leave the page's end for the browser's own controls
                await AssertFocusAsync(tab);
        }

        await tab.Page.Keyboard.PressAsync(key);
    }

    private static async Task AssertFocusAsync(Tab tab) => Assert.Equal("fine", await tab.Page.EvaluateAsync<string>(LookAtFocus));

    private static ILocator Heading(Tab tab) => tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
}
