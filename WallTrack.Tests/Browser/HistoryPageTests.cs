using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

[Collection(nameof(DashboardCollection))]
public sealed class HistoryPageTests(DashboardFixture dashboard)
{
    private const string Header = "timestamp,wallet_address,token_address,wallet,price_usd";
    private const string Addresses = "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM,DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB8263Lr9bWBj";
    private const string BadRow = $"2026-01-05T12:01:00Z,{Addresses},0.7,-1";
    private static readonly string TwoRows = $"{Header}\n2026-01-05T12:00:00Z,{Addresses},0.7,0.001\n{BadRow}\n";

    [Fact]
    public async Task One_click_leads_from_nothing_to_a_picture_of_the_demo_history()
    {
        await using var app = new DashboardApp();
        await using (var empty = await dashboard.OpenTabAsync(app: app))
        {
            await empty.GoLiveAsync("/history");
            await Expect(empty.Page).ToHaveTitleAsync("History – WallTrack");
            await empty.AssertAccessibleAsync();
            await empty.Button("Load demo history").ClickAsync();

            await Expect(empty.Page.Locator("[data-import=completed]")).ToBeVisibleAsync();
            await Expect(Figure(empty, "Signals")).ToHaveTextAsync("5,000");
            await Expect(empty.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Signals a day") })).ToBeVisibleAsync();
            await Expect(empty.Page.Locator(".columns g")).ToHaveCountAsync(30);
            Assert.Empty(empty.Complaints);
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var tab = await dashboard.OpenTabAsync(scheme, app: app);
            await tab.GoLiveAsync("/history");
            await Expect(Figure(tab, "Signals")).ToHaveTextAsync("5,000");
            await tab.Page.GetByText("The same as a table").ClickAsync();
            await tab.Button("Import files").ClickAsync();
            await Expect(tab.Page.GetByLabel("Signals file")).ToBeVisibleAsync();
            await tab.AssertAccessibleAsync();
            Assert.Empty(tab.Complaints);
        }

        await using var narrow = await dashboard.OpenTabAsync(widthPx: 400, app: app);
        await narrow.GoLiveAsync("/history");
        await Expect(Figure(narrow, "Signals")).ToHaveTextAsync("5,000");
        Assert.Equal(400, await narrow.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // The days shown are in the address.
        await narrow.Button("Last 7 days").ClickAsync();
        await Expect(narrow.Page.Locator(".columns g")).ToHaveCountAsync(7);
        await Expect(narrow.Page).ToHaveURLAsync(new Regex("from=2026-01-24&to=2026-01-30$"));
        await narrow.Page.ReloadAsync();
        await Expect(narrow.Page.Locator(".columns g")).ToHaveCountAsync(7);
    }

    [Fact]
    public async Task A_bad_row_of_an_upload_is_counted_and_can_be_downloaded()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await UploadAsync(tab, TwoRows);

        var link = tab.Page.GetByRole(AriaRole.Link, new() { Name = "1 as CSV" });
        await Expect(link).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("price not above 0")).ToBeVisibleAsync();
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());

        Assert.Equal("signals.csv-rejected.csv", download.SuggestedFilename);
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Equal($"line,reason,text\n3,price not above 0,\"{BadRow}\"\n", (await reader.ReadToEndAsync()).ReplaceLineEndings("\n"));
        Assert.DoesNotContain(tab.Complaints, complaint => !complaint.Contains("rejects.csv", StringComparison.Ordinal)); // a download ends its request
    }

    [Fact]
    public async Task A_file_without_a_header_is_refused_with_its_sentence()
    {
        await using var app = new DashboardApp();
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await UploadAsync(tab, TwoRows[(Header.Length + 1)..]);

        await Expect(tab.Page.Locator("[data-import=refused]")).ToContainTextAsync("File signals.csv has no column timestamp");
        await Expect(tab.Page.GetByText("No history is stored yet")).ToBeVisibleAsync();
        await Expect(tab.Button("Import")).ToBeVisibleAsync(); // what was chosen stays for another try
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Rejected_rows_of_an_unknown_import_are_not_found()
    {
        using var client = dashboard.App.CreateClient();
        using var response = await client.GetAsync(new Uri($"/history/imports/{Guid.Empty}/rejects.csv", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task UploadAsync(Tab tab, string signals)
    {
        await tab.GoLiveAsync("/history");
        await tab.Button("Import files").ClickAsync();
        // Blazor listens to a file input only some time after it has drawn it; a test is faster than any operator.
        await tab.Page.WaitForFunctionAsync("() => document.getElementById('signals-file')?._blazorInputFileNextFileId !== undefined");
        await tab.Page.GetByLabel("Signals file").SetInputFilesAsync(new FilePayload { Name = "signals.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(signals) });
        await tab.Button("Import").ClickAsync();
    }

    private static ILocator Figure(Tab tab, string name) => tab.Page.Locator($"[data-figure='{name}'] .value");
}
