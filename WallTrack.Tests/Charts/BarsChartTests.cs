using Bunit;
using WallTrack.Dashboard.Charts;

namespace WallTrack.Tests.Charts;

public sealed class BarsChartTests : IAsyncDisposable
{
    private readonly BunitContext _circuit = new();

    [Fact]
    public void Without_bars_it_says_so() => Assert.Equal("There is nothing to show.", Chart([]).Find("p").TextContent);

    [Fact]
    public void Gains_go_to_the_right_of_zero_and_losses_to_the_left()
    {
        var chart = Chart([new("stop_loss", -1), new("take_profit", 3), new("max_hold", 0)]);

        Assert.Equal(["take_profit|+3.0000", "max_hold|0.0000", "stop_loss|-1.0000"], Rows(chart));
        Assert.Equal(["25%|75%", "25%|0%", "0%|25%"], chart.FindAll("rect").Select(bar => $"{bar.GetAttribute("x")}|{bar.GetAttribute("width")}"));
        Assert.Equal(["gain", "none", "loss"], chart.FindAll("svg").Select(bar => bar.ClassName));
        Assert.All(chart.FindAll("line"), line => Assert.Equal("25%", line.GetAttribute("x1")));
    }

    [Theory]
    [InlineData(1, 2, "0%|50%", "0%|100%")]
    [InlineData(-1, -2, "50%|50%", "0%|100%")]
    public void With_one_sign_only_zero_is_at_the_edge(double small, double large, string smallBar, string largeBar)
    {
        var rows = BarRows.InOrder([new("small", small), new("large", large)]);

        Assert.Equal([smallBar, largeBar], rows.Rows.Select(row => $"{row.Start}%|{row.Width}%"));
    }

    [Fact]
    public void What_is_not_zero_can_be_seen()
    {
        var rows = BarRows.InOrder([new("dust", 1e-9), new("loss of dust", -1e-9), new("nothing", 0), new("much", 1000)]);

        Assert.Equal([0.3, 0.3, 0, 100], rows.Rows.Select(row => Math.Round(row.Width, 6)));
        Assert.All(rows.Rows, row => Assert.InRange(row.Start + row.Width, 0, 100.31));
    }

    [Fact]
    public void Beyond_the_largest_the_others_are_one_bar()
    {
        var chart = Chart([new("a", 1), new("b", -9), new("c", 2), new("d", 8), new("e", -3)], most: 2);

        Assert.Equal(["d|+8.0000", "b|-9.0000", "3 others|0.0000"], Rows(chart));
        Assert.Equal(["d|+8.0000", "c|+2.0000", "a|+1.0000", "e|-3.0000", "b|-9.0000"], Rows(Chart([new("a", 1), new("b", -9), new("c", 2), new("d", 8), new("e", -3)], most: 4)));
    }

    [Fact]
    public void Undefined_ones_are_counted_in_words_or_keep_their_place()
    {
        Bar[] bars = [new("00:00", 2), new("01:00", null), new("02:00", -1)];

        var largest = Chart(bars);
        Assert.Equal(["00:00|+2.0000", "02:00|-1.0000"], Rows(largest));
        Assert.Equal("One without a value is left out.", largest.Find("p").TextContent);

        Assert.Equal(["00:00|+2.0000", "01:00|n/a", "02:00|-1.0000"], Rows(_circuit.Render<BarsChart>(parameters => parameters.Add(chart => chart.Bars, bars).Add(chart => chart.IsInOrder, true))));
        Assert.Equal(["There is nothing to show.", "2 without a value are left out."], Chart([new("a", null), new("b", null)]).FindAll("p").Select(words => words.TextContent));
    }

    [Fact]
    public void All_zeros_have_no_bars() =>
        Assert.Equal([0, 0], BarRows.InOrder([new("a", 0), new("b", 0)]).Rows.Select(row => row.Width));

    [Fact]
    public void A_long_label_loses_its_middle_and_is_whole_on_hover()
    {
        var label = Chart([new("9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM", 1)]).Find("tbody th");

        Assert.Equal(("9WzDXwBbmkg8Z…YtAWWM", "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM"), (label.TextContent, label.GetAttribute("title")));
    }

    [Theory]
    [InlineData("abcdefgh", 8, "abcdefgh")]
    [InlineData("abcdefghi", 8, "abcde…hi")]
    [InlineData("abc🚀efghi", 6, "abc…hi")]
    [InlineData("abcdefg🚀", 6, "abc…🚀")]
    [InlineData("abcdefghij🚀k", 6, "abc…k")]
    public void Shortening_keeps_both_ends(string text, int most, string expected) => Assert.Equal(expected, ShortText.Middle(text, most));

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private IRenderedComponent<BarsChart> Chart(Bar[] bars, int most = 10) => _circuit.Render<BarsChart>(parameters => parameters
        .Add(chart => chart.Bars, bars)
        .Add(chart => chart.Caption, "P&L by something")
        .Add(chart => chart.LabelHead, "Something")
        .Add(chart => chart.ValueHead, "P&L, SOL")
        .Add(chart => chart.Most, most));

    private static IEnumerable<string> Rows(IRenderedComponent<BarsChart> chart) =>
        chart.FindAll("tbody tr").Select(row => $"{row.Children[0].TextContent}|{row.Children[2].TextContent}");
}
