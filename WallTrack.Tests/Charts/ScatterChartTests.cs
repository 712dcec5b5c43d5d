using AngleSharp.Dom;
using Bunit;
using WallTrack.Dashboard.Charts;

namespace WallTrack.Tests.Charts;

public sealed class ScatterChartTests : IAsyncDisposable
{
    private readonly BunitContext _circuit = new();

    [Fact]
    public void Without_scenarios_it_says_so() =>
        Assert.Equal("There is no scenario to show.", Chart().Find("p").TextContent);

    [Fact]
    public void Risk_goes_to_the_right_and_return_upwards()
    {
        // Drawdowns to 20 % with 5 % of room: 0 … 21. Returns from -10 % to 30 % with 5 % of room on either side: -12 … 32.
        var chart = Chart(Dot("Safe", 0, 0.1), Dot("Wild", 0.2, 0.3), Dot("Bad", 0.105, -0.1));

        Assert.Equal(["0%|50%", "95.24%|4.55%", "50%|95.45%"], Places(chart));
        Assert.Equal("72.73%", chart.Find("line.zero").GetAttribute("y1"));
        Assert.Equal(["-10", "0", "10", "20", "30"], chart.FindAll(".returns text").Select(label => label.TextContent));
        Assert.Equal(["0", "5", "10", "15", "20"], chart.FindAll(".risks text").Select(label => label.TextContent));
        Assert.Equal("Wild: return +30.00 %, max drawdown 20.00 %", chart.FindAll(".mark title")[1].TextContent);
    }

    [Fact]
    public void Scenarios_differ_by_shape_as_well_as_by_colour_and_have_their_names()
    {
        var chart = Chart(Dot("A", 0.1, 0.1, 0), Dot("B", 0.2, 0.2, 1), Dot("C", 0.3, 0.3, 2), Dot("Many", 0.25, 0.05));

        Assert.Equal(4, chart.FindAll(".plot > svg").Select(mark => mark.ClassName).Distinct().Count());
        Assert.Equal(3, chart.FindAll(".plot > svg:not(.plain) path").Select(shape => shape.GetAttribute("d")).Distinct().Count());
        Assert.Equal(["A", "B", "C"], chart.FindAll(".plot text").Select(name => name.TextContent));
    }

    [Fact]
    public void A_name_that_would_lie_over_another_or_a_dot_is_left_to_the_pointer()
    {
        var chart = Chart(Dot("First", 0.10, 0.1, 0), Dot("Second", 0.10, 0.1, 1), Dot("Far away", 0.3, 0.9, 2));

        Assert.Equal(["Second", "Far away"], chart.FindAll(".plot text").Select(name => name.TextContent));
    }

    [Fact]
    public void Undefined_ones_are_counted_in_words()
    {
        Assert.Equal(["2 scenarios without a return or a drawdown are left out."], Remarks(Chart(Dot("A", 0.1, 0.1), Dot("B", null, 0.1), Dot("C", 0.1, null))));
        Assert.Equal(["One scenario without a return or a drawdown is left out."], Remarks(Chart(Dot("A", 0.1, 0.1), Dot("B", null, null))));
        Assert.Equal(["None of these scenarios has both a return and a drawdown."], Remarks(Chart(Dot("B", null, 0.1))));
        Assert.Empty(Remarks(Chart(Dot("A", 0.1, 0.1))));
    }

    [Fact]
    public void One_dot_at_zero_has_room_around_it() =>
        Assert.Equal(["0%|50%"], Places(Chart(Dot("Idle", 0, 0))));

    [Fact]
    public void A_few_dots_are_buttons_and_the_chosen_one_is_marked()
    {
        var (a, b) = (Dot("A", 0.1, 0.1, 0), Dot("B", 0.2, 0.2, 1));
        var chosen = new List<Guid>();
        var chart = Chosen(b.Id, chosen, a, b);

        chart.FindAll(".plot button")[0].Click();

        Assert.Equal([a.Id], chosen);
        Assert.Equal(["false", "true"], chart.FindAll(".plot button").Select(button => button.GetAttribute("aria-pressed")));
        Assert.Single(chart.FindAll(".ring"));
        Assert.Equal("A: return +10.00 %, max drawdown 10.00 %", chart.Find(".plot button").GetAttribute("aria-label"));
    }

    [Fact]
    public void Of_many_dots_none_stops_the_tab_key_and_each_can_be_clicked()
    {
        var dots = Enumerable.Range(0, 41).Select(number => Dot($"Scenario {number}", number / 100.0, number / 50.0)).ToArray();
        var chosen = new List<Guid>();
        var chart = Chosen(null, chosen, dots);

        Assert.Empty(chart.FindAll(".plot button"));
        chart.FindAll(".mark")[40].Click();

        Assert.Equal([dots[40].Id], chosen);
    }

    [Fact]
    public void The_table_has_the_best_first_and_chooses_too()
    {
        var dots = Enumerable.Range(0, 300).Select(number => Dot($"Scenario {number}", 0.1, number == 299 ? null : number / 100.0)).ToArray();
        var chosen = new List<Guid>();
        var chart = Chosen(null, chosen, dots);
        Assert.Empty(chart.FindAll("table"));

        chart.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        chart.Find("tbody button").Click();

        Assert.Equal("The 200 best of 300 by return", chart.Find("caption").TextContent);
        Assert.Equal("Scenario 298|+298.00 %|10.00 %", string.Join('|', chart.Find("tbody tr").Children.Select(cell => cell.TextContent.Trim())));
        Assert.Equal([dots[298].Id], chosen);
    }

    [Fact]
    public void Of_very_many_that_share_a_place_the_best_is_drawn()
    {
        var random = new Random(5);
        var dots = Enumerable.Range(0, 20_000).Select(number => Dot($"Scenario {number}", random.NextDouble() * random.NextDouble(), random.NextDouble() - 0.5)).ToArray();
        var coloured = Dot("Chosen", 0.5, 0, 3);
        var picture = ScatterPicture.Of([.. dots, coloured]);

        Assert.InRange(picture.Dots.Length, 300, 1_001);
        Assert.Equal(dots.Length + 1, picture.Dots.Length + picture.Dots.Sum(dot => dot.Others));
        Assert.Equal(coloured, picture.Dots[^1].Dot);
        Assert.Equal(dots.MaxBy(dot => dot.Return), picture.Dots.MinBy(dot => dot.Top)!.Dot);
        Assert.EndsWith(" more here", picture.Dots.MaxBy(dot => dot.Others)!.Text, StringComparison.Ordinal);
        Assert.Equal([$"{picture.Dots.Sum(dot => dot.Others):#,0} scenarios lie where a better one is drawn."], Remarks(Chart([.. dots, coloured])));
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private IRenderedComponent<ScatterChart> Chart(params ScatterDot[] dots) => _circuit.Render<ScatterChart>(parameters => parameters.Add(chart => chart.Dots, dots));

    private IRenderedComponent<ScatterChart> Chosen(Guid? selected, List<Guid> chosen, params ScatterDot[] dots) => _circuit.Render<ScatterChart>(parameters => parameters
        .Add(chart => chart.Dots, dots)
        .Add(chart => chart.Selected, selected)
        .Add(chart => chart.OnSelect, chosen.Add));

    private static ScatterDot Dot(string name, double? risk, double? gain, int? colour = null) => new(Guid.CreateVersion7(), name, risk, gain, colour);

    private static IEnumerable<string> Places(IRenderedComponent<ScatterChart> chart) =>
        chart.FindAll(".plot > svg").Select(mark => $"{mark.GetAttribute("x")}|{mark.GetAttribute("y")}");

    private static IEnumerable<string> Remarks(IRenderedComponent<ScatterChart> chart) => chart.FindAll("p").Select(remark => remark.TextContent);
}
