using WallTrack.History;

namespace WallTrack.Tests.History;

public sealed class SolPriceTests
{
    private static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_constant_is_the_same_at_any_instant()
    {
        var sol = SolPrice.Constant(142.5);

        Assert.Equal((142.5, 142.5), (sol.At(0), sol.At(DateTime.MaxValue.Ticks)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_constant_is_above_zero_and_finite(double usd) => Assert.Throws<ArgumentOutOfRangeException>(() => SolPrice.Constant(usd));

    [Theory]
    [InlineData(-1, double.NaN)]
    [InlineData(0, double.NaN)]
    [InlineData(4.99, double.NaN)]
    [InlineData(5, 101)]
    [InlineData(9.99, 101)]
    [InlineData(10, 102)]
    [InlineData(29.99, 102)]
    [InlineData(30, 103)]
    [InlineData(100_000, 103)]
    public void Bars_give_the_close_of_the_last_that_has_closed(double minute, double usd)
    {
        // bars of five minutes that open at 0, 5 and, after a gap, 25
        var bars = BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(5), [Bar(0, 101), Bar(5, 102), Bar(25, 103)]);

        Assert.Equal(usd, SolPrice.FromBars(bars).At(Start.AddMinutes(minute).Ticks));
    }

    [Fact]
    public void No_bars_give_no_price() => Assert.Equal(double.NaN, SolPrice.FromBars(BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(5), [])).At(Start.Ticks));

    private static Bar Bar(int minute, double close) => new(Start.AddMinutes(minute), 100, 200, 50, close, 0);
}
