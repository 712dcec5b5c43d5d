using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using Outcome = WallTrack.Simulation.Outcome;

namespace WallTrack.Tests.Simulation;

public sealed class SimulatorTests
{
    public static TheoryData<int> Lanes => [.. Kernels.Offered];

    [Theory]
    [MemberData(nameof(Lanes))]
    public void It_equals_the_reference_in_every_bit(int lanes)
    {
        var traded = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(RandomWorld.Arbitrary, world =>
        {
            var (scenario, window) = (world.Scenario, world.Window());
            var expected = ReferenceReplay.Run(scenario, window);
            var difference = Bits.Difference(expected, Engines.Fast(lanes)(scenario, window));
            traded += expected.Replay?.Trades.Count ?? 0;
            return (difference is null).Label(difference ?? "");
        }));

        Assert.True(traded > 5_000, $"only {traded} trades: the worlds are too dull to prove anything");
    }

    [Fact]
    public void A_difference_of_one_bit_would_be_seen()
    {
        var outcome = ReferenceReplay.Run(Tape.Plain(), new Tape().Bars("0: 1 1 1 1 | 1: 1 1 1 1").Window());
        var equity = outcome.Replay!.Equity;
        var altered = outcome with { Replay = outcome.Replay with { Equity = equity.SetItem(1, Math.BitIncrement(equity[1])) } };

        Assert.Null(Bits.Difference(outcome, outcome));
        Assert.NotNull(Bits.Difference(outcome, altered));
    }

    [Fact]
    public void Neither_workers_nor_order_nor_what_ran_before_change_a_result()
    {
        var window = SmallHistory.Window;
        var scenarios = SmallHistory.Sweep;
        var alone = scenarios.Select(scenario => Bits.Of(new Simulator(window).CreateWorker().Run(scenario))).ToArray();

        Assert.Equal(alone, Run(new(window), scenarios, workers: 1));
        Assert.Equal(alone, Run(new(window), scenarios, workers: 8));
        Assert.Equal(alone.Reverse(), Run(new(window), [.. scenarios.Reverse()], workers: 3));
        var used = new Simulator(window);
        Run(used, scenarios, workers: 2);
        Assert.Equal(alone, Run(used, scenarios, workers: 2));
    }

    [Fact]
    public void A_cancel_is_honoured_within_50_milliseconds()
    {
        using var cancellation = new CancellationTokenSource();
        var scenarios = Enumerable.Range(0, 400).SelectMany(_ => SmallHistory.Sweep).ToArray();
        var (done, cancelledAt) = (0, 0L);
        void WhenDone(int place, Outcome outcome)
        {
            if (Interlocked.Increment(ref done) == 50)
            {
                cancelledAt = Stopwatch.GetTimestamp();
                cancellation.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(() => new Simulator(SmallHistory.Window).Run(scenarios, 2, WhenDone, cancellation.Token));

        Assert.InRange(Stopwatch.GetElapsedTime(cancelledAt).TotalMilliseconds, 0, 50);
        Assert.InRange(done, 50, scenarios.Length - 1);
    }

    [Fact]
    public void A_fault_in_the_callers_code_ends_the_run_and_is_passed_on()
    {
        var simulator = new Simulator(SmallHistory.Window);

        Assert.ThrowsAny<Exception>(() => simulator.Run(SmallHistory.Sweep, 4, (_, _) => throw new InvalidTimeZoneException("the caller's")));
    }

    [Fact]
    public void More_levels_than_the_crossings_hold_do_no_harm()
    {
        var window = SmallHistory.Window;
        var worker = new Simulator(window).CreateWorker();
        for (var i = 0; i < 40; i++)
        {
            var scenario = Tape.Plain(d => { d.StopLoss = 0.1 + (0.02 * i); d.TakeProfits = [new(1.1 + (0.05 * i), 0.5), new(3 + (0.1 * i), 0.5)]; });
            Assert.Null(Bits.Difference(ReferenceReplay.Run(scenario, window), worker.Run(scenario)));
            Assert.Null(Bits.Difference(ReferenceReplay.Run(Presets.Balanced, window), worker.Run(Presets.Balanced)));
        }
    }

    private static string[] Run(Simulator simulator, IReadOnlyList<Scenario> scenarios, int workers)
    {
        var outcomes = new string[scenarios.Count];
        simulator.Run(scenarios, workers, (place, outcome) => outcomes[place] = Bits.Of(outcome));
        return outcomes;
    }
}

/// <summary>A made-up history of 3,000 signals and a sweep of 60 scenarios over it.</summary>
internal static class SmallHistory
{
    private static readonly MadeUpHistoryOptions Options = new() { Signals = 3_000, Tokens = 60, Days = 6, BarHours = 20 };
    private static readonly Lazy<HistoryWindow> Shared = new(Make);

    public static HistoryWindow Window => Shared.Value;

    public static IReadOnlyList<Scenario> Sweep { get; } =
    [
        .. from threshold in new[] { 0.5, 0.6, 0.7 }
           from stop in new[] { 0.2, 0.5 }
           from moonbagStop in new double?[] { null, 0.6 }
           from exits in Presets.All
           select Scenario.From(Changed(exits, draft => (draft.ScoreThreshold, draft.StopLoss, draft.MoonbagStopLoss) = (threshold, stop, moonbagStop))),
    ];

    private static ScenarioDraft Changed(Scenario scenario, Action<ScenarioDraft> change)
    {
        var draft = scenario.ToDraft();
        change(draft);
        return draft;
    }

    private static HistoryWindow Make()
    {
        var tokens = new MadeUpHistory(Options).Tokens().ToList();
        var bars = tokens.Select(token => BarSeries.From(token.TokenAddress, token.Interval, token.Bars)).ToList();
        return new(Options.Start, Options.End, tokens.SelectMany(token => token.Signals), bars, SolPrice.FromBars(bars[^1]));
    }
}
