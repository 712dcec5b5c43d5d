using System.Globalization;
using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData("total_pnl_sol", "-1.8023", -1.80234)]
    [InlineData("total_pnl_sol", "+12,345.6789", 12345.67891)]
    [InlineData("total_pnl_sol", "0.0000", 0.0)]
    [InlineData("fees_sol", "0.0195", 0.0195)]
    [InlineData("max_drawdown", "19.26 %", 0.192567)]
    [InlineData("max_drawdown", "3.26 %", 0.032634)]
    [InlineData("total_return", "+0.78 %", 0.0077838)]
    [InlineData("sharpe_ratio", "-12.30", -12.3)]
    [InlineData("average_hold_hours", "1,200.0", 1200.0)]
    [InlineData("total_trades", "1,234,567", 1234567.0)]
    public void A_unit_always_has_as_many_decimals(string metric, string text, double value) => Assert.Equal(text, Metric.Find(metric)!.Text(value));

    [Theory]
    [InlineData("total_pnl_sol", "-0.00003", -0.0000345)]
    [InlineData("total_return", "+0.001 %", 0.000012)]
    [InlineData("sharpe_ratio", "0.005", 0.0049)]
    [InlineData("sharpe_ratio", "0.01", 0.0051)]
    [InlineData("average_hold_hours", "0.02", 0.0208)]
    [InlineData("fees_sol", "2.3e-9", 0.0000000023)]
    [InlineData("fees_sol", "4.9e-324", double.Epsilon)]
    public void What_would_round_to_nothing_shows_its_first_digit(string metric, string text, double value) => Assert.Equal(text, Metric.Find(metric)!.Text(value));

    [Theory]
    [InlineData("calmar_ratio", "1.23e267", 1.2345e267)]
    [InlineData("calmar_ratio", "-5e6", -5e6)]
    [InlineData("calmar_ratio", "999,999.99", 999999.99)]
    [InlineData("total_return", "+4e6 %", 4e4)]
    public void What_is_too_long_for_a_column_shows_its_magnitude(string metric, string text, double value) => Assert.Equal(text, Metric.Find(metric)!.Text(value));

    [Fact]
    public void Only_nothing_reads_as_nothing()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var value = Math.ScaleB(random.NextDouble() + 0.5, random.Next(-1070, 1000)) * (random.Next(2) == 0 ? 1 : -1);
            foreach (var text in (string[])[FigureText.Sol(value), FigureText.Ratio(value), FigureText.Hours(value), FigureText.Price(value), FigureText.Percent(value)[..^2]])
            {
                var read = double.Parse(text, CultureInfo.InvariantCulture);
                Assert.True(read != 0 && Math.Sign(read) == Math.Sign(value), $"{value:R} reads as {text}.");
                Assert.InRange(text.Length, 1, 14);
            }
        }
    }
}
