using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>Equity curves and fees worked out by hand: 10 SOL of capital, 1 SOL a position, one SOL being 100 USD.</summary>
public sealed class EquityByHandTests
{
    private static readonly Action<ScenarioDraft> Nothing = _ => { };

    [Fact]
    public void Points_are_the_full_hours_and_both_ends()
    {
        var window = new Tape { FromMinute = 30, ToMinute = 150 }.Signal(30).Window();

        Assert.Equal([30, 60, 120, 150], Enumerable.Range(0, window.Grid.Count).Select(point => (window.Grid.TimeAt(point) - Tape.Start).TotalMinutes));
    }

    [Fact]
    public void A_position_is_worth_its_last_close_until_it_is_sold()
    {
        // bought at 1, 100 tokens: at 1 h the last close is 2, at 2 h it is sold at 3
        var tape = new Tape { ToMinute = 180 }.Signal(30).Bars("30: 1 1 1 1 | 59: 1 2 1 2 | 90: 1.5 1.5 1.5 1.5 | 119: 3 3 3 3");

        Check(tape, Nothing, [10, 9 + 2, 9 + 3, 12]);
    }

    [Fact]
    public void Until_a_bar_has_closed_it_is_worth_its_raw_price()
    {
        // slippage of a quarter: 100 / 1.25 = 80 tokens, worth 80 · 1 / 100 at first; sold at 2 · 0.75: 80 · 1.5 / 100
        var tape = new Tape { ToMinute = 180 }.Signal(59.5).Bars("61: 1 1 1 1 | 119: 2 2 2 2");

        Check(tape, d => d.SlippageBps = 2500, [10, 9 + 0.8, 9 + 1.2, 10.2]);
    }

    [Fact]
    public void The_bar_in_progress_at_the_entry_gives_a_value_though_it_cannot_touch_the_position()
    {
        var tape = new Tape { ToMinute = 180 }.Signal(59.5).Bars("59: 1 5 0.1 5 | 119: 2 2 2 2");

        Check(tape, Nothing, [10, 9 + 5, 9 + 2, 11]);
    }

    [Fact]
    public void A_bar_that_closed_by_the_entry_gives_no_value()
    {
        var tape = new Tape { ToMinute = 180 }.Signal(60).Bars("59: 5 5 5 5 | 119: 2 2 2 2");

        Check(tape, Nothing, [10, 9 + 1, 9 + 2, 11]);
    }

    [Fact]
    public void A_position_entered_at_the_start_is_in_the_first_point()
    {
        // 0.75 of a SOL's worth after slippage: 100 / 1.25 = 80 tokens
        var tape = new Tape { ToMinute = 60 }.Signal(0).Bars("0: 1 1 1 1 | 58: 1 1 1 1");

        Check(tape, d => d.SlippageBps = 2500, [9 + 0.8, 9 + 0.6]); // sold at 0.75: 80 · 0.75 / 100
    }

    [Fact]
    public void What_is_set_aside_for_a_delayed_entry_counts_as_cash_until_then()
    {
        var tape = new Tape { ToMinute = 180 }.Signal(59.5).Bars("61: 1 4 1 4 | 119: 2 2 2 2");

        Check(tape, d => { d.EntryDelaySeconds = 60; d.NetworkFeeSol = 0.5; }, [10, 10, 8.5 + 2 - 0.5, 10]); // bought at 1 in minute 61
    }

    [Fact]
    public void What_is_still_held_after_a_partial_sale_counts()
    {
        // half at 2: 50 · 2 / 100 = 1; the other half is worth 50 · 1.5 / 100 at 1 h and sold at 4
        var tape = new Tape { ToMinute = 180 }.Signal(0).Bars("0: 1 1 1 1 | 30: 2 2 1.5 1.5 | 119: 4 4 4 4");

        Check(tape, d => d.TakeProfits = [new(2, 0.5)], [9 + 1, 9 + 1 + 0.75, 9 + 1 + 2, 12]);
    }

    [Fact]
    public void Values_and_proceeds_are_converted_at_the_SOL_price_of_their_own_time()
    {
        // SOL: 100 until its second bar closes at 60, then 200. 1 SOL buys 100 tokens; at 1 h they are worth 100 · 2 / 200.
        var sol = BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(10), [Flat(-10, 100), Flat(50, 200)]);
        var tape = new Tape { ToMinute = 120, Sol = SolPrice.FromBars(sol) }.Signal(30).Bars("30: 1 1 1 1 | 58: 2 2 2 2 | 118: 4 4 4 4");

        Check(tape, Nothing, [10, 9 + 1, 9 + 2]);
    }

    [Fact]
    public void Fees_are_taken_from_the_entry_and_from_every_fill()
    {
        // 10 % and 0.01 SOL: entry 0.11; sells 50 at 2 = 1 less 0.11, 50 at 4 = 2 less 0.21
        var tape = new Tape { ToMinute = 120 }.Signal(0).Bars("0: 1 1 1 1 | 30: 2 2 2 2 | 118: 4 4 4 4");

        Each(tape, Tape.Plain(d => { d.TakeProfits = [new(2, 0.5)]; d.FeeBps = 1000; d.NetworkFeeSol = 0.01; }), replay =>
        {
            Assert.Equal([0.89, 1.79], replay.Trades.Fills.Select(fill => Math.Round(fill.ProceedsSol, 12)));
            Assert.Equal(0.43, replay.Metrics.FeesSol, 12); // 0.11 + 0.11 + 0.21
            Assert.Equal(1.57, replay.Metrics.TotalPnlSol, 12); // 0.89 + 1.79 − 1 − 0.11
            Assert.Equal(11.57, replay.Equity[^1], 12);
        });
    }

    private static Bar Flat(double minute, double price) => new(Tape.At(minute), price, price, price, price, 0);

    private static void Check(Tape tape, Action<ScenarioDraft> change, double[] expected) =>
        Each(tape, Tape.Plain(change), replay => Assert.Equal(expected, replay.Equity.Select(value => Math.Round(value, 12))));

    private static void Each(Tape tape, Scenario scenario, Action<Replay> check)
    {
        var window = tape.Window();
        foreach (var (engine, run) in Engines.All)
        {
            var outcome = run(scenario, window);
            Assert.True(outcome.Replay is not null, $"{engine}: {outcome.Error}");
            check(outcome.Replay);
        }
    }
}
