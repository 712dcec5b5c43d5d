using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>Metrics of trades and equity curves small enough to work out on paper; the working stands beside each.</summary>
public sealed class MetricsTests
{
    private static readonly DateTime Midnight = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Without_a_trade_what_has_no_meaning_is_absent_and_never_zero()
    {
        var metrics = Of(days: 3, _ => 10, []);

        Assert.Equal((0, 0, 0.0, 0.0), (metrics.TotalTrades, metrics.WinningTrades, metrics.TotalPnlSol, metrics.TotalReturn));
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (metrics.MaxDrawdown, metrics.MaxDrawdownHours, metrics.Exposure, metrics.FeesSol));
        Assert.All(
            new[] { metrics.WinRate, metrics.AverageWinSol, metrics.AverageLossSol, metrics.LargestWinSol, metrics.LargestLossSol, metrics.ProfitFactor, metrics.ExpectancySol, metrics.SharpeRatio, metrics.SortinoRatio, metrics.CalmarRatio, metrics.AverageHoldHours },
            value => Assert.Null(value));
    }

    [Fact]
    public void Trades_are_counted_and_averaged()
    {
        // wins 0.5 and 0.3, losses 0.2 and 0.4, one even; held 1, 2, 3, 4 and 5 hours
        var metrics = Of(days: 3, _ => 10, [0.5, -0.2, 0, 0.3, -0.4]);

        Assert.Equal((5, 2, 2), (metrics.TotalTrades, metrics.WinningTrades, metrics.LosingTrades));
        Close(0.4, metrics.WinRate);
        Close(0.2, metrics.TotalPnlSol);
        Close(0.02, metrics.TotalReturn);
        Close(0.4, metrics.AverageWinSol);
        Close(-0.3, metrics.AverageLossSol);
        Close(0.5, metrics.LargestWinSol);
        Close(-0.4, metrics.LargestLossSol);
        Close(0.8, metrics.GrossProfitSol);
        Close(0.6, metrics.GrossLossSol);
        Close(0.8 / 0.6, metrics.ProfitFactor);
        Close(0.04, metrics.ExpectancySol);
        Close(3, metrics.AverageHoldHours);
    }

    [Fact]
    public void The_profit_factor_is_absent_without_a_loss_and_0_without_a_win()
    {
        Assert.Null(Of(days: 1, _ => 10, [0.5]).ProfitFactor);
        Close(0, Of(days: 1, _ => 10, [-0.5]).ProfitFactor);
    }

    [Fact]
    public void Sharpe_and_Sortino_are_of_the_returns_between_midnights()
    {
        // 10, 11, 9.9, 12.87 at midnights: +10 %, −10 %, +30 %. Mean 0.1; deviation √((0 + 0.04 + 0.04) / 2) = 0.2;
        // downside √(0.01 / 3) = 0.057735
        double[] midnights = [10, 11, 9.9, 12.87];
        var metrics = Of(days: 3, hour => midnights[hour / 24], []);

        Close(0.5 * Math.Sqrt(365), metrics.SharpeRatio);
        Close(Math.Sqrt(3) * Math.Sqrt(365), metrics.SortinoRatio);
    }

    [Fact]
    public void The_ends_of_the_window_count_as_midnights()
    {
        // from noon to noon: 10 at the start, 11 at midnight, 9.9 at the end: +10 %, −10 %, mean 0
        var grid = new HourGrid(Midnight.AddHours(12), Midnight.AddHours(36));
        var metrics = Metrics.Of(0, 10, [], Enumerable.Range(0, grid.Count).Select(hour => hour < 12 ? 10 : hour < 24 ? 11 : 9.9).ToArray(), grid);

        Assert.Equal(0, metrics.SharpeRatio!.Value, 9);
    }

    [Fact]
    public void One_return_has_no_deviation_and_none_below_zero_no_downside()
    {
        Assert.Null(Of(days: 1, hour => 10 + hour, []).SharpeRatio);
        Assert.Null(Of(days: 3, hour => 10 + hour, []).SortinoRatio);
        Close(-Math.Sqrt(365), Of(days: 1, hour => hour < 24 ? 10 : 9, []).SortinoRatio); // −0.1 / √(0.01 / 1)
    }

    [Fact]
    public void An_account_at_zero_has_no_daily_returns()
    {
        var metrics = Of(days: 3, hour => hour < 24 ? 10 : 0, []);

        Assert.Null(metrics.SharpeRatio);
        Assert.Null(metrics.SortinoRatio);
        Close(1, metrics.MaxDrawdown);
    }

    [Fact]
    public void The_drawdown_lasts_from_the_last_moment_at_its_peak_to_the_recovery()
    {
        // at 12 for hours 2 to 5, down to 9 at 7, back at 12 at hour 10; later a smaller fall
        double[] curve = [10, 11, 12, 12, 12, 12, 10, 9, 10, 11, 12, 13, 11, 14];
        var metrics = Of(days: 1, hour => curve[Math.Min(hour, curve.Length - 1)], []);

        Close(0.25, metrics.MaxDrawdown); // (12 − 9) / 12
        Close(5, metrics.MaxDrawdownHours); // from hour 5 to hour 10
    }

    [Fact]
    public void A_drawdown_that_does_not_recover_lasts_to_the_end_and_of_two_equal_ones_the_first_counts()
    {
        Close(20, Of(days: 1, hour => hour <= 4 ? 10 : 8, []).MaxDrawdownHours); // from hour 4 to hour 24

        double[] twice = [10, 5, 10, 10, 5, 7, 8, 10];
        Close(2, Of(days: 1, hour => twice[Math.Min(hour, 7)], []).MaxDrawdownHours); // hour 0 to 2, not 3 to 7
    }

    [Fact]
    public void Calmar_is_the_yearly_return_over_the_drawdown()
    {
        // 73 days are a fifth of a year: 1.1^5 − 1 = 0.61051, over a drawdown of a half
        var metrics = Of(days: 73, hour => hour == 10 ? 5 : 10, [1]);

        Close(0.61051 / 0.5, metrics.CalmarRatio);
        Assert.Null(Of(days: 73, _ => 10, [1]).CalmarRatio); // no drawdown
        Assert.Null(Of(days: 73, hour => hour == 10 ? 5 : 10, [-11]).CalmarRatio); // more than all was lost: no real power
    }

    [Fact]
    public void Exposure_counts_the_hours_in_which_something_was_open()
    {
        // 24 hours; one position within hour 2, one from 4:30 to 6:00 sharp, one from 5:00 to 7:10: hours 2, 4, 5, 6, 7
        var trades = new[] { Open(2.2, 2.9), Open(4.5, 6), Open(5, 7 + (1 / 6.0)) };
        var grid = new HourGrid(Midnight, Midnight.AddDays(1));

        Close(5 / 24.0, Metrics.Of(3, 10, trades, Enumerable.Repeat(10.0, grid.Count).ToArray(), grid).Exposure);
    }

    private static Trade Open(double fromHour, double toHour, double pnl = 0) => new(
        0, 0, 1, 1, Midnight.AddHours(fromHour).Ticks, Midnight.AddHours(toHour).Ticks, 1, 1, 1, 1, 0, pnl);

    private static Metrics Of(int days, Func<int, double> equityAtHour, double[] pnls)
    {
        var grid = new HourGrid(Midnight, Midnight.AddDays(days));
        var trades = pnls.Select((pnl, i) => Open(0, i + 1, pnl)).ToArray();
        return Metrics.Of(pnls.Length, 10, trades, Enumerable.Range(0, grid.Count).Select(equityAtHour).ToArray(), grid);
    }

    private static void Close(double expected, double? actual) => Assert.Equal(expected, actual ?? double.NaN, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
