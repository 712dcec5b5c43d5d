using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>Which signals are traded, and why the others are not; expectations worked out by hand from the contract.</summary>
public sealed class DecisionsByHandTests
{
    private const string Quiet = "0: 1 1 1 1 | 1: 1 1 1 1 | 2: 1 1 1 1 | 3: 1 1 1 1 | 4: 1 1 1 1 | 5: 1 1 1 1 | 6: 1 1 1 1 | 7: 1 1 1 1 | 8: 1 1 1 1 | 9: 1 1 1 1";

    [Fact]
    public void A_score_exactly_on_the_threshold_or_a_rounding_error_below_it_is_eligible()
    {
        // 0.30·0.7 + 0.25·0.7 + 0.25·0.7 + 0.20·0.7 is 0.7 on paper, and 0.7 less one unit in the last place as floats
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other).Bars(Quiet, Tape.Third)
            .Signal(0, score: 0.7).Signal(1, score: 0.7 - 5e-10, token: Tape.Other).Signal(2, score: 0.7 - 2e-9, token: Tape.Third);

        Check(tape, Tape.Plain(d => d.ScoreThreshold = 0.7), traded: [1, 2], new() { BelowThreshold = 1 });
    }

    [Fact]
    public void The_score_is_the_weighted_sum_with_the_cluster_amplified_and_clamped()
    {
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other)
            .Signal(0, change: s => s with { WalletScore = 0.8, ClusterScore = 0.5, ClusterAmplification = 1.5, TokenScore = 0.4, ContextScore = 0.3 })
            .Signal(1, token: Tape.Other, change: s => s with { ClusterAmplification = 100 });

        // 0.30·0.8 + 0.25·0.5·1.5 + 0.25·0.4 + 0.20·0.3 = 0.24 + 0.1875 + 0.1 + 0.06 = 0.5875; the second is far above 1
        Each(tape, Tape.Plain(), replay =>
        {
            Assert.Equal(0.5875, replay.Trades.Trades[0].Score, 12);
            Assert.Equal(1.0, replay.Trades.Trades[1].Score);
        });
    }

    [Fact]
    public void Missing_components_count_as_one_half()
    {
        var signal = new Signal { Id = Guid.NewGuid(), Time = Tape.Start, WalletAddress = "w", TokenAddress = Tape.Token, WalletScore = 1, PriceUsd = 1 };
        var window = new HistoryWindow(Tape.Start, Tape.At(60), [signal], [], SolPrice.Constant(100));

        // 0.30·1 + (0.25 + 0.25 + 0.20)·0.5 = 0.65
        Assert.Equal(0.65, ReferenceReplay.Score(Tape.Plain().Weights, window.Signals, 0), 12);
    }

    [Fact]
    public void High_conviction_enlarges_the_position_from_its_threshold_on()
    {
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other).Signal(0, score: 0.85).Signal(1, score: 0.84, token: Tape.Other);

        Each(tape, Tape.Plain(d => d.HighConvictionMultiplier = 1.5), replay =>
            Assert.Equal([1.5, 1.0], replay.Trades.Trades.Select(trade => trade.SizeSol)));
    }

    [Fact]
    public void A_slot_freed_in_the_same_instant_as_a_signal_is_free()
    {
        // the first position is stopped in the bar that closes at minute 2, when the second signal comes
        var tape = new Tape().Bars("0: 1 1 1 1 | 1: 1 1 0.4 1 | 2: 1 1 1 1 | 3: 1 1 1 1").Bars(Quiet, Tape.Other)
            .Signal(0).Signal(1.99, token: Tape.Other).Signal(2, token: Tape.Other);

        Check(tape, Tape.Plain(d => d.MaxConcurrentPositions = 1), traded: [1, 3], new() { MaxPositions = 1 });
    }

    [Fact]
    public void Cash_freed_in_the_same_instant_as_a_signal_can_be_spent()
    {
        // 1 SOL of capital; the first position comes back at minute 2 at its entry price
        var tape = new Tape().Bars("0: 1 1 1 1 | 1: 1 1 1 1 | 2: 1 1 1 1").Bars(Quiet, Tape.Other)
            .Signal(0).Signal(1.99, token: Tape.Other).Signal(2, token: Tape.Other);

        Check(tape, Tape.Plain(d => { d.StartingCapitalSol = 1; d.MaxHoldHours = 2 / 60.0; }), traded: [1, 3], new() { InsufficientCapital = 1 });
    }

    [Fact]
    public void A_token_whose_main_part_is_open_is_not_bought_again_but_a_moonbag_does_not_block_it()
    {
        // the target takes the main part in the bar that closes at minute 2; the moonbag rides on
        var tape = new Tape().Bars("0: 1 1 1 1 | 1: 1 2 1 1 | 2: 1 1 1 1 | 3: 1 1 1 1").Signal(0).Signal(1).Signal(2);

        Check(tape, Tape.Plain(d => { d.TakeProfits = [new(2, 0.5)]; d.Moonbag = 0.5; d.MaxConcurrentPositions = 1; }), traded: [1, 3], new() { AlreadyHolding = 1 });
    }

    [Fact]
    public void The_daily_limit_counts_entries_of_the_UTC_day_of_the_signal()
    {
        const double midnight = 1440;
        var bars = string.Join('|', Enumerable.Range(1436, 10).Select(minute => $"{minute}: 1 1 1 1"));
        var tape = new Tape().Bars(bars).Bars(bars, Tape.Other).Bars(bars, Tape.Third)
            .Signal(midnight - 2).Signal(midnight - 1, token: Tape.Other).Signal(midnight, token: Tape.Third);

        Check(tape, Tape.Plain(d => d.MaxDailyTrades = 1), traded: [1, 3], new() { DailyLimit = 1 });
    }

    [Fact]
    public void A_delayed_entry_counts_on_the_day_of_its_signal()
    {
        const double midnight = 1440;
        var bars = string.Join('|', Enumerable.Range(1436, 10).Select(minute => $"{minute}: 1 1 1 1"));
        var tape = new Tape().Bars(bars).Bars(bars, Tape.Other).Signal(midnight - 1).Signal(midnight, token: Tape.Other);

        Check(tape, Tape.Plain(d => { d.MaxDailyTrades = 1; d.EntryDelaySeconds = 120; }), traded: [1, 2], default);
    }

    [Fact]
    public void Cash_runs_out_after_ten_tenths()
    {
        var tape = new Tape();
        for (var i = 0; i < 12; i++)
        {
            var token = $"Token{(char)('A' + i)}11111111111111111111111111111111111111";
            tape.Bars(Quiet, token).Signal(0.1 * i, token: token);
        }

        // ten times 0.1 out of 1; as floats, nine subtractions leave a little more than 0.1
        Check(tape, Tape.Plain(d => { d.StartingCapitalSol = 1; d.BasePositionSol = 0.1; d.MaxConcurrentPositions = 50; d.MaxDailyTrades = 50; }),
            traded: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], new() { InsufficientCapital = 2 });
    }

    [Fact]
    public void Entry_fees_must_be_affordable_too()
    {
        var tape = new Tape().Bars(Quiet).Signal(0);

        Check(tape, Tape.Plain(d => { d.StartingCapitalSol = 1; d.NetworkFeeSol = 0.001; }), traded: [], new() { InsufficientCapital = 1 });
    }

    [Fact]
    public void Without_bars_there_is_no_price()
    {
        var tape = new Tape { ToMinute = 10 }.Bars(Quiet).Bars(Quiet, Tape.Third).Signal(0, token: Tape.Other).Signal(9.5, token: Tape.Third).Signal(9);

        // no bars at all; no bar opens after; the last bar opens at 9 and closes just in time
        Check(tape, Tape.Plain(), traded: [3], new() { NoPrice = 2 });
    }

    [Fact]
    public void A_bar_that_closes_after_the_window_is_no_price()
    {
        var tape = new Tape { ToMinute = 9.5 }.Bars(Quiet).Signal(8.5);

        Check(tape, Tape.Plain(), traded: [], new() { NoPrice = 1 });
    }

    [Theory]
    [InlineData(0, true)] // the bar at minute 7 opens at most 5 minutes after 0 + 2
    [InlineData(-0.01, false)]
    public void A_delayed_entry_waits_five_minutes_for_a_bar(double signalAt, bool traded)
    {
        var tape = new Tape { FromMinute = -10 }.Bars("-5: 1 1 1 1 | 7: 3 3 3 3 | 8: 3 3 3 3").Signal(signalAt);

        Check(tape, Tape.Plain(d => d.EntryDelaySeconds = 120), traded ? [1] : [], traded ? default : new() { NoPrice = 1 });
    }

    [Fact]
    public void A_delayed_entry_buys_at_the_open_of_its_bar_which_can_already_stop_it()
    {
        var tape = new Tape().Bars("0: 1 1 1 1 | 1: 4 4 1 3 | 2: 3 3 3 3").Signal(0.25);

        Each(tape, Tape.Plain(d => d.EntryDelaySeconds = 30), replay =>
        {
            var trade = Assert.Single(replay.Trades.Trades);
            var fill = Assert.Single(replay.Trades.Fills);
            Assert.Equal((Tape.At(1).Ticks, 4.0, 25.0), (trade.EntryTime, trade.EntryPrice, trade.Quantity)); // 1 SOL · 100 USD / 4 USD
            Assert.Equal((ExitReason.StopLoss, 2.0, 0.5), (fill.Reason, fill.Price, fill.ProceedsSol)); // 25 · 2 / 100
        });
    }

    [Fact]
    public void Slot_and_cash_of_a_delayed_entry_are_taken_at_its_signal()
    {
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other).Signal(0).Signal(1, token: Tape.Other);

        Check(tape, Tape.Plain(d => { d.EntryDelaySeconds = 300; d.MaxConcurrentPositions = 1; }), traded: [1], new() { MaxPositions = 1 });
        Check(tape, Tape.Plain(d => { d.EntryDelaySeconds = 300; d.StartingCapitalSol = 1; }), traded: [1], new() { InsufficientCapital = 1 });
    }

    [Fact]
    public void Filters_include_their_bounds_and_refuse_what_a_signal_lacks()
    {
        static Signal With(Signal signal, double? liquidity, double? age) => signal with { LiquidityUsd = liquidity, TokenAgeMinutes = age };
        var tape = new Tape().Bars(Quiet)
            .Signal(0, change: s => With(s, 999, 60))
            .Signal(1, change: s => With(s, null, 60))
            .Signal(2, change: s => With(s, 1000, null))
            .Signal(3, change: s => With(s, 1000, 29.9))
            .Signal(4, change: s => With(s, 1000, 60.1))
            .Signal(5, change: s => With(s, 1000, 30));

        Check(tape, Tape.Plain(d => { d.MinLiquidityUsd = 1000; d.MinTokenAgeMinutes = 30; d.MaxTokenAgeMinutes = 60; }), traded: [6], new() { Filtered = 5 });
    }

    [Fact]
    public void The_first_reason_that_applies_wins()
    {
        // 1 is traded; each later signal is wrong in every respect that comes after its own
        static Signal Unfiltered(Signal signal) => signal with { LiquidityUsd = 1 };
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other)
            .Signal(0, change: Unfiltered)
            .Signal(1, score: 0.1)
            .Signal(2)
            .Signal(3, change: Unfiltered)
            .Signal(3.5, change: Unfiltered, token: Tape.Third);
        var scenario = (Action<ScenarioDraft>)(d => { d.ScoreThreshold = 0.5; d.MinLiquidityUsd = 1; d.MaxConcurrentPositions = 1; d.StartingCapitalSol = 1; });

        Check(tape, Tape.Plain(scenario), traded: [1], new() { BelowThreshold = 1, Filtered = 1, AlreadyHolding = 1, MaxPositions = 1 });
        Check(tape, Tape.Plain(scenario + (d => d.MaxDailyTrades = 1)), traded: [1], new() { BelowThreshold = 1, Filtered = 1, DailyLimit = 2 });
        Check(tape, Tape.Plain(scenario + (d => d.MaxConcurrentPositions = 2)), traded: [1], new() { BelowThreshold = 1, Filtered = 1, AlreadyHolding = 1, NoPrice = 1 });
    }

    [Fact]
    public void Signals_of_one_instant_are_decided_in_order_of_their_ids()
    {
        var tape = new Tape().Bars(Quiet).Bars(Quiet, Tape.Other)
            .Signal(0, id: 0xF0000000).Signal(0, token: Tape.Other, id: 0x0A000000);

        Each(tape, Tape.Plain(d => d.MaxConcurrentPositions = 1), (replay, window) =>
            Assert.Equal(Tape.Other, window.Signals.TokenAddresses[window.Signals.Tokens[replay.Trades.Trades[0].Signal]]));
    }

    [Fact]
    public void The_window_includes_its_start_and_excludes_its_end()
    {
        var tape = new Tape { FromMinute = 1, ToMinute = 5 }.Bars(Quiet).Signal(0.99).Signal(1).Signal(5);

        Each(tape, Tape.Plain(), replay => Assert.Equal((1, 1), (replay.Metrics.SignalsProcessed, replay.Metrics.SignalsTraded)));
    }

    [Fact]
    public void A_position_that_cannot_be_priced_in_SOL_fails_the_scenario_with_a_reason()
    {
        var sol = BarSeries.From(Mint.WrappedSol, TimeSpan.FromMinutes(1), [new(Tape.At(4), 100, 100, 100, 100, 0)]);
        var tape = new Tape { Sol = SolPrice.FromBars(sol) }.Bars(Quiet).Signal(4.9).Signal(6);

        foreach (var (_, run) in Engines.All)
        {
            var outcome = run(Tape.Plain(), tape.Window());
            Assert.Null(outcome.Replay);
            Assert.StartsWith("No SOL price is known at 2026-07-01T00:04:54Z", outcome.Error, StringComparison.Ordinal);
        }

        Each(new Tape { Sol = SolPrice.FromBars(sol) }.Bars(Quiet).Signal(5), Tape.Plain(), replay => Assert.Equal(1, replay.Trades.Count));
    }

    private static void Check(Tape tape, Scenario scenario, int[] traded, SkipCounts skipped) => Each(tape, scenario, (replay, window) =>
    {
        Assert.Equal(traded, replay.Trades.Trades.Select(trade => BitConverter.ToInt32(window.Signals.Ids[trade.Signal].ToByteArray())));
        Assert.Equal(skipped, replay.Skipped);
        Assert.Equal(window.Signals.Count, replay.Skipped.Total + replay.Trades.Count);
    });

    private static void Each(Tape tape, Scenario scenario, Action<Replay> check) => Each(tape, scenario, (replay, _) => check(replay));

    private static void Each(Tape tape, Scenario scenario, Action<Replay, HistoryWindow> check)
    {
        var window = tape.Window();
        foreach (var (engine, run) in Engines.All)
        {
            var outcome = run(scenario, window);
            Assert.True(outcome.Replay is not null, $"{engine}: {outcome.Error}");
            check(outcome.Replay, window);
        }
    }
}
