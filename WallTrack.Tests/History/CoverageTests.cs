using WallTrack.History;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.History;

/// <summary>A small window whose every figure can be counted by hand.</summary>
public sealed class CoverageTests
{
    private const double Midnight = 1440;

    [Fact]
    public void Everything_that_is_missing_or_odd_is_counted()
    {
        // Token: bars at minutes 0, 1, 5 (one gap, 3 missing), one of them 100 times as high as low, one after midnight.
        // Other: no bars. Signals: one fine, one 4 times above its bar, one after the last bar, one without bars.
        var window = new Tape { ToMinute = 2 * Midnight }
            .Bars("0: 1 1 1 1 | 1: 1 100 1 1 | 5: 2 2 2 2 | 1441: 2 2 2 2")
            .Signal(0.5).Signal(5.5, price: 8.1).Signal(1442).Signal(3, token: Tape.Other)
            .Window();

        var coverage = Coverage.Of(window);

        Assert.Equal((4, 2, 1), (coverage.Signals, coverage.Tokens, coverage.TokensWithoutBars));
        Assert.Equal(2, coverage.SignalsWithoutPrice);
        Assert.Equal((4, 2, 3 + 1435, 1), (coverage.Bars, coverage.Gaps, coverage.MissingBars, coverage.WideBars));
        Assert.Equal(1, coverage.OddPrices);
        Assert.Equal(1, coverage.Intervals[TimeSpan.FromMinutes(1)]);
        Assert.Equal(1, coverage.SolCoverage);
        Assert.Equal([new DayCoverage(new(2026, 7, 1), 3, 2), new DayCoverage(new(2026, 7, 2), 1, 0)], coverage.Days);
    }

    [Theory]
    [InlineData(3.0, 0)]
    [InlineData(3.1, 1)]
    [InlineData(1 / 3.0, 0)]
    [InlineData(0.3, 1)]
    public void A_price_up_to_three_times_away_from_its_bar_is_not_odd(double price, int odd)
    {
        var window = new Tape().Bars("0: 1 1 1 1 | 1: 1 1 1 1").Signal(0.5, price).Window();

        Assert.Equal(odd, Coverage.Of(window).OddPrices);
    }

    [Fact]
    public void SOL_is_covered_where_its_price_is_at_most_a_day_old()
    {
        // known from minute 1 on, a day old at minute 1441: of the 49 points of two days, hours 1 to 24
        var sol = BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(1), [new(Tape.Start, 1, 1, 1, 1, 0)]);
        var window = new Tape { Sol = SolPrice.FromBars(sol), ToMinute = 2 * Midnight }.Signal(0).Window();

        Assert.Equal(24 / 49.0, Coverage.Of(window).SolCoverage, 12);
    }
}
