using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WallTrack.Tests.Batches;
using WallTrack.Tests.CommandLine;
using WallTrack.Tests.Storage;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>A server in a process of its own, killed under an open page and started again at the same address.</summary>
[Collection(nameof(DashboardCollection))]
public sealed partial class RestartedServerTests(DashboardFixture dashboard)
{
    private const int Scenarios = 12_000; // on one worker enough to be killed in the midst of

    [Fact]
    public async Task A_page_whose_server_is_killed_in_mid_batch_and_started_again_goes_on_by_itself_and_so_does_the_batch()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, null!);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var address = FreeAddress();
        await using var tab = await dashboard.OpenTabAsync(address: address);
        Guid batch;
        string open;
        using (var first = await ListeningAsync(address, test))
        {
            batch = await BatchFaults.StoreAsync(test.Database, SmallSweep.Request(Scenarios, workers: 1));
            await tab.GoLiveAsync($"/batches/{batch}?sort=win_rate&columns=win_rate,trade_count");
            open = tab.Page.Url;
            await Expect(tab.Page.Locator("[data-progress]")).ToHaveTextAsync(SomeDone());
            Assert.Empty(tab.Complaints);
            await first.KillAsync();
        }

        var killed = (await StoredBatch.ReadAsync(test.Database, batch)).Batch!;
        Assert.InRange(killed.Completed, 1, Scenarios - 1);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Connection to WallTrack lost" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-connection=live]")).ToBeHiddenAsync();
        using var second = await ListeningAsync(address, test);

        // From here on nobody touches the page.
        await Expect(tab.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(tab.Page.Locator("[data-connection=live]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".head [data-state]").First).ToHaveAttributeAsync("data-state", "completed");
        await Expect(tab.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Win rate");
        Assert.Equal(open, tab.Page.Url);
        Assert.Equal((Scenarios, 0), Counts((await StoredBatch.ReadAsync(test.Database, batch)).Batch!));
        Assert.All(tab.Complaints, complaint => Assert.Matches(OfADeadServer(), complaint));
    }

    private static (int Completed, int Failed) Counts(WallTrack.Batches.Batch batch) => (batch.Completed, batch.Failed);

    private static async Task<WallTrackProcess> ListeningAsync(Uri address, TestDatabase test)
    {
        var process = WallTrackProcess.Start(["--urls", address.ToString(), "--database", test.Database.ConnectionString]);
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.TrueAsync(async () => await AnswersAsync(client), "the server does not listen");
        return process;
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/favicon.svg", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    [GeneratedRegex("^[1-9][0-9,]* / ")]
    private static partial Regex SomeDone();

    /// <summary>What a browser, and Blazor's script, say of a connection that broke and of each try to have it back; nothing can silence the browser.</summary>
    [GeneratedRegex("""
        ^(
          failed\ request:\ \S+/_blazor/negotiate\?negotiateVersion=1\ net::ERR_CONNECTION_REFUSED
        | error:\ Failed\ to\ load\ resource:\ net::ERR_CONNECTION_REFUSED
        | error:\ \[\S+\]\ Error:\ Connection\ disconnected\ with\ error\ 'Error:\ WebSocket\ closed\ with\ status\ code:\ 1006\ \(no\ reason\ given\)\.'\.
        | warning:\ \[\S+\]\ Warning:\ Error\ from\ HTTP\ request\.\ TypeError:\ Failed\ to\ fetch\.
        | error:\ \[\S+\]\ (Error:\ (Failed\ to\ start\ the\ connection:\ )?)+Failed\ to\ complete\ negotiation\ with\ the\ server:\ TypeError:\ Failed\ to\ fetch
        )$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OfADeadServer();
}
