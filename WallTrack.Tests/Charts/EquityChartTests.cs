using System.Collections.Immutable;
using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using WallTrack.Dashboard.Charts;
using WallTrack.History;

namespace WallTrack.Tests.Charts;

public sealed class EquityChartTests : IAsyncDisposable
{
    private static readonly DateTime From = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly HourGrid FourHours = new(From, From.AddHours(4));
    private readonly BunitContext _circuit = new();

    [Fact]
    public void Without_curves_it_says_so() =>
        Assert.Equal("There is no curve to show.", Chart(FourHours).Find("p").TextContent);

    [Fact]
    public void Curves_are_lines_in_a_box_from_the_lowest_value_to_the_highest()
    {
        // 10 to 12 with 4 % of room on either side: 12 is 37 of 1,000 from the top, 10 is 963, 11 is in the middle.
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 10]), new Curve("B", 1, [10, 10, 10, 10, 10]));

        Assert.Equal(["M0 963l500-463 500-463 500 463 500 463", "M0 963l500 0 500 0 500 0 500 0"], Paths(chart));
        Assert.Equal(["line series-0 dash-0", "line series-1 dash-1"], Lines(chart).Select(line => line.ClassName!.Trim()));
        Assert.Equal(["10.0", "10.5", "11.0", "11.5", "12.0"], chart.FindAll("svg.values text").Select(label => label.TextContent));
        Assert.Equal(["01-01", "01:00", "02:00", "03:00", "04:00"], chart.FindAll("svg.times text").Select(label => label.TextContent));
        Assert.Equal("Equity of 2 scenarios, SOL; the table below has the numbers.", chart.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Hours_that_are_cut_by_the_window_are_narrower()
    {
        var grid = new HourGrid(From.AddMinutes(30), From.AddMinutes(150)); // 00:30, 01:00, 02:00, 02:30

        Assert.Equal(["M0 500l500 0 1000 0 500 0"], Paths(Chart(grid, new Curve("A", 0, [5, 5, 5, 5]))));
    }

    [Fact]
    public void A_curve_of_one_point_is_a_dot() =>
        Assert.Equal(["M0 500h0"], Paths(Chart(FourHours, new Curve("A", 0, [7]))));

    [Fact]
    public void Equity_below_zero_has_a_line_at_zero_and_signs()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 5, 0, -5, -10]));

        Assert.Equal("50%", chart.Find("line.zero").GetAttribute("y1"));
        Assert.Equal(["-10", "-5", "0", "5", "10"], chart.FindAll("svg.values text").Select(label => label.TextContent));
        Assert.Equal("-10.0000", chart.Find("li .values").TextContent);
    }

    [Fact]
    public void Scenarios_without_a_curve_are_named_and_not_drawn()
    {
        var chart = Chart(FourHours, new Curve("Failed", 0, []), new Curve("Failed too", 1, default));

        Assert.Empty(Lines(chart));
        Assert.Equal("None of these scenarios has a curve.", chart.Find("[role=status]").TextContent);
        Assert.Equal(["Failed: n/a", "Failed too: n/a"], Legend(chart));
    }

    [Fact]
    public void A_year_of_twenty_curves_is_drawn_with_at_most_800_points_each()
    {
        var (grid, curves) = Year(20);
        var paths = Paths(Chart(grid, curves)).ToList();

        Assert.Equal(20, paths.Count);
        Assert.All(paths, path => Assert.InRange(Points(path), 700, 800));
        Assert.InRange(paths.Sum(path => path.Length), 50_000, 120_000);
        Assert.Equal(20, curves.Select(curve => SeriesLook.LineClass(curve.ColourIndex)).Distinct().Count());
    }

    [Fact]
    public void A_long_name_is_whole_on_hover()
    {
        var name = "Balanced, " + string.Join(", ", Enumerable.Range(0, 30).Select(number => $"parameter {number} = {number}"));

        Assert.Equal(name, Chart(FourHours, new Curve(name, 0, [1])).Find("ul button").GetAttribute("title"));
    }

    [Fact]
    public void The_baseline_lies_over_the_others_and_says_what_it_is()
    {
        var chart = Chart(FourHours, new Curve("Base", 0, [1, 2, 3, 4, 5], IsBaseline: true), new Curve("Other", 1, [5, 4, 3, 2, 1]));

        Assert.Equal(["line series-1 dash-1", "line series-0 dash-0 baseline"], Lines(chart).Select(line => line.ClassName!.Trim()));
        Assert.Equal("Base baseline", Words(chart.Find("ul button")));
    }

    [Fact]
    public void Names_hide_and_show_curves_and_the_axis_follows()
    {
        var chart = Chart(FourHours, new Curve("Low", 0, [1, 2, 3, 4, 5]), new Curve("High", 1, [100, 200, 300, 400, 500]), new Curve("Middle", 2, [10, 10, 10, 10, 10]));

        Name(chart, "High").Click();
        Assert.Equal(["true", "false", "true"], chart.FindAll("ul button").Select(button => button.GetAttribute("aria-pressed")));
        Assert.Equal(2, Lines(chart).Count);
        Assert.Equal("10", chart.FindAll("svg.values text")[^1].TextContent);

        Button(chart, "Hide all").Click();
        Assert.Equal("Every curve is hidden: choose some below.", chart.Find("[role=status]").TextContent);
        Name(chart, "High").Click();
        Assert.Single(Lines(chart));

        Button(chart, "Show all").Click();
        Assert.Equal(3, Lines(chart).Count);
    }

    [Fact]
    public void In_percent_every_curve_starts_at_0()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 15]), new Curve("From nothing", 1, [0, 1, 2, 3, 4]));

        Button(chart, "% of start").Click();

        Assert.Equal(["A: +50.00 %", "From nothing: n/a"], Legend(chart));
        Assert.Equal(["0", "10", "20", "30", "40", "50"], chart.FindAll("svg.values text").Select(label => label.TextContent));
        Assert.Equal(["false", "true"], chart.FindAll("[aria-label=Unit] button").Select(button => button.GetAttribute("aria-pressed")));
    }

    [Fact]
    public void Fields_zoom_and_a_button_goes_back()
    {
        var zooms = new List<TimeRange?>();
        var chart = _circuit.Render<EquityChart>(parameters => parameters
            .Add(equity => equity.Grid, FourHours)
            .Add(equity => equity.Curves, [new Curve("A", 0, [10, 11, 12, 11, 10])])
            .Add(equity => equity.ZoomChanged, zooms.Add));
        var whole = Paths(chart).Single();

        chart.FindAll("input[type=datetime-local]")[0].Change("2026-01-01T02:00:00");
        Assert.Equal(["M0 37l1000 463 1000 463"], Paths(chart));
        chart.FindAll("input[type=datetime-local]")[1].Change("2026-01-01T02:20:00"); // to the next point
        Assert.Equal(["M0 37l2000 926"], Paths(chart));

        Button(chart, "Whole window").Click();
        Assert.Equal([whole], Paths(chart));
        Assert.True(Button(chart, "Whole window").HasAttribute("disabled"));
        Assert.Equal([new(From.AddHours(2), From.AddHours(4)), new(From.AddHours(2), From.AddHours(3)), null], zooms);
    }

    [Theory]
    [InlineData("2026-01-01T04:00")]
    [InlineData("2027-01-01T00:00")]
    public void A_time_that_would_show_nothing_is_refused_with_a_sentence(string from)
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 10]));

        chart.FindAll("input[type=datetime-local]")[0].Change($"{from}:00"); // as Blazor's script completes it

        Assert.Equal($"✕ The time shown would start at {from} and end at 2026-01-01T04:00; it must start before it ends, between 2026-01-01T00:00 and 2026-01-01T04:00.", chart.Find("[role=alert]").TextContent);
        Assert.Equal(["M0 963l500-463 500-463 500 463 500 463"], Paths(chart));
    }

    [Fact]
    public async Task A_range_dragged_over_the_plot_zooms()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 10]));

        await chart.Find("curve-plot").TriggerEventAsync("onplotrange", new PlotRangeEventArgs { From = 0.45, To = 0.8 });
        Assert.Equal(["M0 37l2000 926"], Paths(chart));

        await chart.Find("curve-plot").TriggerEventAsync("onplotrange", new PlotRangeEventArgs { From = 0.4, To = 0.41 }); // within one point
        Assert.Equal(["M0 37l2000 926"], Paths(chart));
    }

    [Fact]
    public async Task The_pointer_reads_the_nearest_hour_and_the_nearest_curve()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 10]), new Curve("B", 1, [10, 10, 10, 10, 10.5]));

        await chart.Find("curve-plot").TriggerEventAsync("onplotpoint", new PlotPointEventArgs { X = 0.55, Y = 0.94 });
        Assert.Equal("At 2026-01-01 02:00 UTC", chart.Find(".time").TextContent);
        Assert.Equal(["A: 12.0000", "B: 10.0000"], Legend(chart));
        Assert.Equal("50%", chart.Find("line.cursor").GetAttribute("x1"));
        Assert.Equal("B", chart.Find("li.near .name").TextContent);
        Assert.Contains("series-1", chart.Find("path.near").ClassName, StringComparison.Ordinal);

        await chart.Find("curve-plot").TriggerEventAsync("onplotpoint", new PlotPointEventArgs { X = 0.55, Y = 0.5 });
        Assert.Empty(chart.FindAll(".near")); // between the two

        await chart.Find("curve-plot").TriggerEventAsync("onplotpoint", new PlotPointEventArgs());
        Assert.Equal("At the end, 2026-01-01 04:00 UTC", chart.Find(".time").TextContent);
        Assert.Equal(["A: 10.0000", "B: 10.5000"], Legend(chart));
        Assert.Empty(chart.FindAll("line.cursor"));
    }

    [Fact]
    public void The_slider_reads_by_keyboard()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11, 12, 11, 10]));
        var slider = chart.Find("input[type=range]");
        Assert.Equal(("0", "4", "4"), (slider.GetAttribute("min"), slider.GetAttribute("max"), slider.GetAttribute("value")));

        slider.Input("1");

        Assert.Equal(["A: 11.0000"], Legend(chart));
        Assert.Equal("2026-01-01 01:00 UTC", chart.Find("input[type=range]").GetAttribute("aria-valuetext"));
    }

    [Fact]
    public void The_table_has_the_extremes_and_the_hours()
    {
        var chart = Chart(FourHours, new Curve("A", 0, [10, 11.5, 12, 9, 10.123456]), new Curve("Broken off", 1, [10, 11]));
        Assert.Empty(chart.FindAll("table")); // it is sent when it is opened

        chart.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);

        Assert.Equal(
            [
                "At the end|10.1235|n/a", "Lowest|9.0000|10.0000", "Highest|12.0000|11.0000", "2026-01-01 00:00|10.0000|10.0000",
                "2026-01-01 01:00|11.5000|11.0000", "2026-01-01 02:00|12.0000|n/a", "2026-01-01 03:00|9.0000|n/a", "2026-01-01 04:00|10.1235|n/a",
            ],
            chart.FindAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))));
        Assert.Equal(("10.123456", "2026-01-01 03:00 UTC"), (chart.Find("tbody td").GetAttribute("title"), chart.FindAll("tbody tr")[1].Children[1].GetAttribute("title")));
    }

    [Fact]
    public void The_table_of_a_year_is_short_and_begins_its_weeks_on_Mondays()
    {
        var (grid, curves) = Year(2);
        var chart = Chart(grid, curves);

        chart.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);

        var rows = chart.FindAll("tbody")[1].Children.Select(row => DateTime.Parse(row.Children[0].TextContent, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal("Equity, SOL; every 7 days", chart.Find("caption").TextContent);
        Assert.InRange(rows.Count, 50, 60);
        Assert.All(rows[1..^1], row => Assert.Equal(DayOfWeek.Monday, row.DayOfWeek));
        Assert.Equal((grid.From, grid.To), (rows[0], rows[^1]));
    }

    [Fact]
    public void Drawdown_lies_beneath_and_hangs_from_zero()
    {
        var chart = _circuit.Render<EquityChart>(parameters => parameters
            .Add(equity => equity.Grid, FourHours)
            .Add(equity => equity.Curves, [new Curve("A", 0, [10, 20, 10, 15, 20])])
            .Add(equity => equity.WithDrawdown, true));

        Assert.Equal(["Equity, SOL", "Below the peak, %"], chart.FindAll("figcaption").Select(caption => caption.TextContent));
        Assert.Equal("M0 0l500 0 500 962 500-481 500-481", Paths(chart).Last()); // −50 % with 4 % of room below
        Assert.Single(chart.FindAll("svg.times"));

        chart.Find("input[type=range]").Input("2");
        Assert.Equal(["A: 10.0000 · -50.00 %"], Legend(chart));
    }

    [Fact]
    public void Another_page_can_set_the_zoom()
    {
        var curves = new[] { new Curve("A", 0, [10, 20, 10, 15, 20]) };
        var chart = _circuit.Render<DrawdownChart>(parameters => parameters
            .Add(drawdown => drawdown.Grid, FourHours)
            .Add(drawdown => drawdown.Curves, curves)
            .Add(drawdown => drawdown.Zoom, new TimeRange(From.AddHours(1), From.AddHours(2))));
        Assert.Equal(["M0 0l2000 962"], Paths(chart));

        chart.Render(parameters => parameters.Add(drawdown => drawdown.Zoom, null));
        Assert.Equal(["M0 0l500 0 500 962 500-481 500-481"], Paths(chart));
    }

    [Fact]
    public void An_account_that_never_fell_lies_on_the_edge() =>
        Assert.Equal(["M0 0l500 0 500 0 500 0 500 0"], Paths(_circuit.Render<DrawdownChart>(parameters => parameters
            .Add(drawdown => drawdown.Grid, FourHours)
            .Add(drawdown => drawdown.Curves, [new Curve("A", 0, [1, 2, 3, 3, 3])]))));

    [Fact]
    public void More_values_than_hours_are_a_mistake_of_the_page() =>
        Assert.Throws<ArgumentException>(() => Chart(FourHours, new Curve("A", 0, [1, 2, 3, 4, 5, 6])));

    [Fact]
    public void What_is_hidden_and_what_is_zoomed_stays_so_when_the_page_loads_again()
    {
        var (low, high) = (new Curve("Low", 0, [1, 2, 3, 4, 5]), new Curve("High", 1, [100, 200, 300, 400, 500]));
        var chart = Chart(FourHours, low, high);
        Name(chart, "High").Click();

        chart.FindAll("input[type=datetime-local]")[0].Change("2026-01-01T02:00:00");

        chart.Render(parameters => parameters
            .Add(equity => equity.Grid, new HourGrid(From, From.AddHours(4)))
            .Add(equity => equity.Curves, [high with { Values = [100, 200, 300, 400, 500] }, low with { }]));

        Assert.Equal(["false", "true"], chart.FindAll("ul button").Select(button => button.GetAttribute("aria-pressed")));
        Assert.Equal(["M0 963l1000-463 1000-463"], Paths(chart));
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private IRenderedComponent<EquityChart> Chart(HourGrid grid, params Curve[] curves) =>
        _circuit.Render<EquityChart>(parameters => parameters.Add(equity => equity.Grid, grid).Add(equity => equity.Curves, curves));

    internal static (HourGrid Grid, Curve[] Curves) Year(int curves)
    {
        var grid = new HourGrid(From, From.AddDays(365));
        return (grid, [.. Enumerable.Range(0, curves).Select(number =>
        {
            var (random, equity) = (new Random(number), 10.0);
            return new Curve($"Scenario {number}", number, [.. Enumerable.Range(0, grid.Count).Select(_ => equity += (random.NextDouble() - 0.49) / 10)]);
        })]);
    }

    private static IReadOnlyList<IElement> Lines<T>(IRenderedComponent<T> chart)
        where T : Microsoft.AspNetCore.Components.IComponent => chart.FindAll("path.line");

    private static IEnumerable<string> Paths<T>(IRenderedComponent<T> chart)
        where T : Microsoft.AspNetCore.Components.IComponent => Lines(chart).Select(line => line.GetAttribute("d")!);

    /// <summary>A point ends where a space that parts two points, or a second minus, stands: count its numbers.</summary>
    private static int Points(string path) => System.Text.RegularExpressions.Regex.Count(path, "-?[0-9]+") / 2;

    private static IEnumerable<string> Legend(IRenderedComponent<EquityChart> chart) =>
        chart.FindAll("ul li").Select(item => $"{item.QuerySelector(".name")!.TextContent}: {Words(item.QuerySelector(".values")!)}");

    private static IElement Name(IRenderedComponent<EquityChart> chart, string name) => chart.FindAll("ul button").Single(button => button.TextContent.Trim() == name);

    private static IElement Button(IRenderedComponent<EquityChart> chart, string text) => chart.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
