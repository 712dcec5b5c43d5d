using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>
/// The pictures of README.md, taken from the real dashboard. With WALLTRACK_PICTURES=1 they are written anew; in any case
/// the way to them is gone and each that README names is there.
/// </summary>
[Collection(nameof(DashboardCollection))]
public sealed partial class ReadmePicturesTests(DashboardFixture dashboard)
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "pictures");

    [Fact]
    public async Task The_pictures_of_the_readme_are_those_of_the_dashboard()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(widthPx: 1200, app: app);
        await tab.GoLiveAsync();
        await Button(tab, "Load demo history").ClickAsync();
        await Button(tab, "Run the presets").ClickAsync();
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(5);
        await Expect(tab.Page.GetByText("5 of 5 scenarios done")).ToBeVisibleAsync();
        var batch = new Uri(tab.Page.Url).AbsolutePath;
        var pictures = new List<string>();

        await tab.GoLiveAsync(batch); // anew: without the message that it is done, rows in the order of the P&L
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(5);
        pictures.Add(await TakeAsync(tab, "batch.png"));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare all" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Side by side" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-skeleton]")).ToHaveCountAsync(0);
        pictures.Add(await TakeAsync(tab, "compare.png"));

        var named = Picture().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, "..", "..", "README.md"))).Select(match => match.Groups[1].Value);
        Assert.Equal(pictures.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(pictures, picture => Assert.True(File.Exists(Path.Combine(Folder, picture)), $"docs/pictures/{picture} is missing: run this test with WALLTRACK_PICTURES=1"));
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Button(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Button, new() { Name = name });

    private static async Task<string> TakeAsync(Tab tab, string name)
    {
        if (Environment.GetEnvironmentVariable("WALLTRACK_PICTURES") == "1")
            await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name) });
        return name;
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"docs/pictures/([\w-]+\.png)")]
    private static partial Regex Picture();
}
