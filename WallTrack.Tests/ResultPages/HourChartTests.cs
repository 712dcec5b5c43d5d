using System.Collections.Immutable;
using Bunit;
using WallTrack.Dashboard.Backtests;

namespace WallTrack.Tests.ResultPages;

public sealed class HourChartTests
{
    [Fact]
    public async Task Gains_rise_from_the_line_and_losses_hang_from_it()
    {
        await using var circuit = new BunitContext();

        var chart = Chart(circuit, (6, 3), (9, -1), (14, 1e-9));

        var columns = chart.FindAll("rect").ToList();
        Assert.Equal(24, columns.Count);
        var zero = Percent(chart.Find("line.zero"), "y1");
        Assert.Equal(75, zero);
        Assert.Equal((0, 75), (Percent(columns[6], "y"), Percent(columns[6], "height")));
        Assert.Equal((75, 25), (Percent(columns[9], "y"), Percent(columns[9], "height")));
        Assert.InRange(Percent(columns[14], "height"), 0.5, 1); // it can be seen
        Assert.Equal(0, Percent(columns[0], "height"));
        Assert.Equal(["gain", "loss", ""], new[] { 6, 9, 0 }.Select(hour => columns[hour].ClassName));
        Assert.Equal("06:00 +3.0000 SOL, 1 trade", columns[6].QuerySelector("title")!.TextContent);
    }

    [Fact]
    public async Task The_table_behind_it_has_every_hour()
    {
        await using var circuit = new BunitContext();

        var rows = Chart(circuit, (6, 3)).FindAll("details tbody tr");

        Assert.Equal(24, rows.Count);
        Assert.Equal(["06:00", "1", "100.00 %", "+3.0000"], rows[6].Children.Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["07:00", "0", "n/a", "0.0000"], rows[7].Children.Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Without_a_trade_it_says_so()
    {
        await using var circuit = new BunitContext();

        var chart = circuit.Render<HourChart>(parameters => parameters.Add(one => one.Lines, ImmutableArray<BreakdownLine>.Empty));

        Assert.Equal("No signal was traded.", chart.Find("p").TextContent);
        Assert.Empty(chart.FindAll("svg"));
    }

    private static IRenderedComponent<HourChart> Chart(BunitContext circuit, params (int Hour, double Pnl)[] earned) => circuit.Render<HourChart>(parameters => parameters.Add(chart => chart.Lines,
    [
        .. Enumerable.Range(0, 24).Select(hour => (Hour: hour, Earned: earned.FirstOrDefault(one => one.Hour == hour).Pnl)).Select(one =>
            new BreakdownLine($"{one.Hour:00}:00", null, null, one.Earned == 0 ? 0 : 1, one.Earned == 0 ? null : one.Earned > 0 ? 1 : 0, one.Earned, 0)),
    ]));

    private static double Percent(AngleSharp.Dom.IElement element, string attribute) => double.Parse(element.GetAttribute(attribute)!.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
