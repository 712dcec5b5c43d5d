using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.History;
using WallTrack.History;
using Page = WallTrack.Dashboard.History.HistoryPage;

namespace WallTrack.Tests.HistoryPage;

/// <summary>What every open page shows of the one import.</summary>
public sealed class LivePageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_page_follows_the_import_to_its_end()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);
        var (early, started) = (circuit.Bunit.Render<Page>(), circuit.Runner.TryStart([new(ImportKind.Signals, file)]));
        Assert.True(started);
        await file.Begun;
        var late = circuit.Bunit.Render<Page>();

        foreach (var page in new[] { early, late })
            page.WaitForAssertion(() => Assert.Equal("0.4", page.Find("progress").GetAttribute("value")), Patience);
        file.Arrive();

        foreach (var page in new[] { early, late })
        {
            page.WaitForAssertion(() => Assert.Equal("1 as CSV", page.Find("table.data a").TextContent), Patience);
            page.WaitForAssertion(() => Assert.Contains("✓ Completed", page.Find("[data-import=completed]").TextContent, StringComparison.Ordinal), Patience);
        }
    }

    [Fact]
    public async Task What_another_process_imports_appears()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var page = circuit.Bunit.Render<Page>();
        Assert.Empty(page.FindAll("#import-log"));

        // As another process does it: past this one's runner.
        await circuit.Bunit.Services.GetRequiredService<HistoryImporter>().ImportMadeUpAsync(new() { Signals = 50, Tokens = 5, Days = 2, BarHours = 6 }, cancellation: Xunit.TestContext.Current.CancellationToken);

        page.WaitForAssertion(() => Assert.Single(page.FindAll("[aria-labelledby=import-log] tbody")), Patience);
        page.WaitForAssertion(() => Assert.DoesNotContain("No history is stored yet", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Cancel_reaches_the_import_from_any_page()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);
        circuit.Runner.TryStart([new(ImportKind.Signals, file)]);
        await file.Begun;
        var page = circuit.Bunit.Render<Page>();

        page.Find("[data-import=running] button").Click();

        page.WaitForAssertion(() => Assert.Contains("Nothing of it was stored.", page.Find("[data-import=cancelled]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Signals_without_bars_are_covered_with_warnings()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        var file = new HeldFile(HeldFile.OneGoodRowOneBad);
        circuit.Runner.TryStart([new(ImportKind.Signals, file)]);
        file.Arrive();
        await circuit.EndOfImportAsync();

        var page = circuit.Bunit.Render<Page>();

        page.WaitForAssertion(() => Assert.Equal(["0 %", "▲ check"], Texts(page, "[data-figure='SOL price known'] .value > span")), Patience);
        Assert.Equal(["1", "100 %", "▲ check"], Texts(page, "[data-figure='Signals without a price'] .value > span"));
        Assert.Equal(["2026-01-05", "1", "0", "1"], Texts(page, "details tbody tr > *"));
    }

    [Fact]
    public async Task A_page_that_is_gone_is_not_told()
    {
        await using var circuit = await HistoryCircuit.CreateAsync();
        circuit.Bunit.Render<Page>();
        await circuit.Bunit.DisposeComponentsAsync();

        circuit.Runner.TryStart([new(ImportKind.Bars, new DiskFile("/no/such/bars.csv"))]);

        Assert.Equal(ImportEnd.Refused, (await circuit.EndOfImportAsync()).End);
    }

    private static IEnumerable<string> Texts(IRenderedComponent<Page> page, string selector) => page.FindAll(selector).Select(element => element.TextContent);
}
