using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WallTrack.Comparison;
using WallTrack.Storage;
using WallTrack.Tests.Batches;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Browser;

/// <summary>The table of a large batch, from the operator's click to the rows on the screen.</summary>
[Collection(nameof(MeasuredCollection))]
public sealed class DeepPagesTests(DashboardFixture dashboard)
{
    private const double MostMs = 500;
    private const string Pager = "nav[aria-label='Pages of results']";
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1";

    /// <summary>By fewer figures, in a smaller batch, when there is no time: then nothing is said of speed.</summary>
    private static readonly int Count = IsLong ? 100_000 : 10_000;

    /// <summary>Does something to the table and waits until it shows what was asked for, painted.</summary>
    private const string Watch = """
        async ({ on, value, head, sort, place }) => {
          const started = performance.now();
          const acted = document.querySelector(on ?? head);
          if (value === null) {
            acted.click();
          } else {
            acted.value = value;
            acted.dispatchEvent(new Event('change', { bubbles: true }));
          }
          const isThere = () => document.querySelector('[data-results] tbody [data-place]')?.textContent === place
            && document.querySelector(head).closest('th').getAttribute('aria-sort') === sort
            && !document.querySelector('section[aria-labelledby=results]').hasAttribute('aria-busy');
          while (!isThere()) {
            if (performance.now() - started > 30000) {
              throw new Error(`${place} by ${head} ${sort} does not come`);
            }
            await new Promise(requestAnimationFrame);
          }
          await new Promise(requestAnimationFrame);
          return performance.now() - started;
        }
        """;

    [Fact]
    public async Task Any_page_in_any_order_of_a_large_batch_is_there_at_once()
    {
        await using var app = new DashboardApp();
        var batch = await MadeUpResults.StoreAsync(app.Services.GetRequiredService<Database>(), Count);
        await using var tab = await dashboard.OpenTabAsync(app: app);
        await tab.GoLiveAsync($"/batches/{batch}?sort=batch&columns={string.Join(',', Metric.All.Select(metric => metric.Name))}");
        await Expect(tab.Page.Locator("[data-result]")).ToHaveCountAsync(50);
        var pages = new List<(double Milliseconds, int Place, string What)>();
        foreach (var metric in IsLong ? [.. Metric.All] : Metric.All[..2])
        {
            var head = $"[data-results] th button[title=\"{metric.Definition}\"]";
            foreach (var sort in metric.Better == Better.Lower ? (string[])["ascending", "descending"] : ["descending", "ascending"])
            {
                await SeeAsync(null, null, sort, 1);
                await SeeAsync($"{Pager} button:last-of-type", null, sort, Count - 49);
                await SeeAsync($"{Pager} input", $"{Count / 100}", sort, (Count / 2) - 49);
            }

            async Task SeeAsync(string? on, string? value, string sort, int place)
            {
                var took = await tab.Page.EvaluateAsync<double>(Watch, new { on, value, head, sort, place = place.ToString("#,0", CultureInfo.InvariantCulture) });
                pages.Add((took, place, $"by {metric.Name} {sort}, row {place:#,0}"));
            }
        }

        Assert.Empty(tab.Complaints);
        var milliseconds = pages.Select(page => page.Milliseconds).Order().ToList();
        var worst = pages.MaxBy(page => page.Milliseconds);
        var said = $"{pages.Count} pages of {Count:#,0} results, from the click to the rows: median {Share(milliseconds, 0.5)}, 95 % {Share(milliseconds, 0.95)}, worst {worst.Milliseconds:0} ms ({worst.What}); "
            + string.Join(", ", new[] { 1, (Count / 2) - 49, Count - 49 }.Select(place => $"median at row {place:#,0} {Share([.. pages.Where(page => page.Place == place).Select(page => page.Milliseconds).Order()], 0.5)}"));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        if (IsLong)
            Assert.True(milliseconds[(int)(0.95 * (milliseconds.Count - 1))] < MostMs, said);
    }

    private static string Share(List<double> sorted, double share) => $"{sorted[(int)(share * (sorted.Count - 1))]:0} ms";
}
