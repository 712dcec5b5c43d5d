using System.Text.Json;
using Microsoft.Playwright;
using WallTrack.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace WallTrack.Tests.Charts;

/// <summary>js/curve-plot.js by itself, on a plot of 400 × 200 pixels at (100, 300).</summary>
[Collection(nameof(DashboardCollection))]
public sealed class CurvePlotTests(DashboardFixture dashboard)
{
    private const string Put = """
        () => {
          const plot = document.createElement('curve-plot');
          for (const [name, value] of Object.entries({ position: 'fixed', left: '100px', top: '300px', width: '400px', height: '200px', zIndex: 99, background: 'white' })) {
            plot.style[name] = value;
          }
          window.heard = [];
          for (const name of ['plotpoint', 'plotrange']) {
            plot.addEventListener(name, event => {
              window.heard.push({ name, at: performance.now(), ...event.detail });
              plot.dataset.x = String(event.detail.x);
              plot.dataset.ranges = window.heard.filter(one => one.name === 'plotrange').length;
            });
          }
          document.body.append(plot);
        }
        """;

    [Fact]
    public async Task A_drag_is_a_range_whichever_way_it_goes_and_a_click_is_none()
    {
        await using var tab = await OpenAsync();

        await DragAsync(tab, 200, 300);
        await DragAsync(tab, 400, 104);
        await DragAsync(tab, 250, 254);
        await DragAsync(tab, 300, 900); // beyond the edge

        await Expect(tab.Page.Locator("curve-plot")).ToHaveAttributeAsync("data-ranges", "3");
        Assert.Equal([(0.25, 0.5), (0.01, 0.75), (0.5, 1)], (await HeardAsync(tab, "plotrange")).Select(range => (range.GetProperty("from").GetDouble(), range.GetProperty("to").GetDouble())));
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.querySelector('curve-plot').shadowRoot.querySelector('div').hidden"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_pointer_is_told_in_pauses_and_at_last_where_it_stopped_and_when_it_has_left()
    {
        await using var tab = await OpenAsync();

        await tab.Page.Mouse.MoveAsync(100, 350);
        await tab.Page.Mouse.MoveAsync(300, 450, new() { Steps = 200 });
        await Expect(tab.Page.Locator("curve-plot")).ToHaveAttributeAsync("data-x", "0.5");
        var points = await HeardAsync(tab, "plotpoint");
        Assert.Equal(0.75, points[^1].GetProperty("y").GetDouble());
        var times = points.Select(point => point.GetProperty("at").GetDouble()).ToList();
        Assert.True(times.Count > 1);
        Assert.All(times.Zip(times.Skip(1), (one, next) => next - one), pauseMs => Assert.True(pauseMs > 38)); // 40, but timers are a little early at times

        await tab.Page.Mouse.MoveAsync(300, 700);
        await Expect(tab.Page.Locator("curve-plot")).ToHaveAttributeAsync("data-x", "null");
    }

    private async Task<Tab> OpenAsync()
    {
        var tab = await dashboard.OpenTabAsync();
        await tab.GoLiveAsync();
        await tab.Page.EvaluateAsync(Put);
        return tab;
    }

    private static async Task DragAsync(Tab tab, float from, float to)
    {
        await tab.Page.Mouse.MoveAsync(from, 400);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(to, 410);
        await tab.Page.Mouse.UpAsync();
    }

    private static async Task<List<JsonElement>> HeardAsync(Tab tab, string name) =>
        [.. (await tab.Page.EvaluateAsync<JsonElement>("window.heard")).EnumerateArray().Where(heard => heard.GetProperty("name").GetString() == name)];
}
