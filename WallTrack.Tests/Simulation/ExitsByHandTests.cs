using System.Globalization;
using System.Text.Json;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>
/// How positions are left, rule by rule and tie by tie. Every expected fill was worked out with pencil and paper from the
/// contract: 100 tokens bought at 1 USD unless the case says otherwise, one SOL being 100 USD.
/// </summary>
public sealed class ExitsByHandTests
{
    private static readonly Action<ScenarioDraft> Ladder = d => { d.TakeProfits = [new(2, 0.33), new(3, 0.33)]; d.Moonbag = 0.34; };

    /// <summary>Fills as "minute of the bar's close, reason, tokens, USD a token".</summary>
    private sealed record Case(string Name, Action<ScenarioDraft>? Change, string Bars, string Fills)
    {
        public double? To { get; init; }

        public double SignalAt { get; init; }

        public override string ToString() => Name;
    }

    private static readonly Case[] Cases =
    [
        // --- stop loss, level 0.5
        new("a bar that opens below the stop sells at its open", null,
            "0: 1 1 1 1 | 1: 0.4 0.45 0.3 0.42 | 2: 1 1 1 1", "2 stop_loss 100 0.4"),
        new("a bar that opens exactly on the stop sells there", null,
            "0: 1 1 1 1 | 1: 0.5 0.9 0.4 0.8 | 2: 1 1 1 1", "2 stop_loss 100 0.5"),
        new("a low exactly on the stop sells at the stop", null,
            "0: 1 1 1 1 | 1: 0.9 0.9 0.5 0.8 | 2: 1 1 1 1", "2 stop_loss 100 0.5"),
        new("a low just above the stop does not sell", null,
            "0: 1 1 1 1 | 1: 0.9 0.9 0.5000001 0.8", "2 window_end 100 0.8"),
        new("the first bar can already stop", null,
            "0: 1 1 0.5 0.7 | 1: 1 1 1 1", "1 stop_loss 100 0.5"),
        new("a stop loss of 1 never stops", d => d.StopLoss = 1,
            "0: 1 1 1 1 | 1: 1e-9 1e-9 1e-12 1e-11", "2 window_end 100 1e-11"),

        // --- the bar in progress when the signal comes cannot touch the position
        new("a bar that opened before the signal is passed over", null,
            "0: 1 1 0.1 1 | 1: 1 1 0.4 1 | 2: 1 1 1 1", "2 stop_loss 100 0.5") { SignalAt = 0.5 },

        // --- take-profits
        new("a high exactly on the level sells at the level", d => d.TakeProfits = [new(2, 1)],
            "0: 1 1 1 1 | 1: 1.5 2 1.5 1.8 | 2: 9 9 9 9", "2 take_profit 100 2"),
        new("a high just below the level does not sell", d => d.TakeProfits = [new(2, 1)],
            "0: 1 1 1 1 | 1: 1.5 1.999999 1.5 1.8", "2 window_end 100 1.8"),
        new("a bar that opens above the level sells at its open", d => d.TakeProfits = [new(2, 1)],
            "0: 1 1 1 1 | 1: 2.5 2.6 2.4 2.5 | 2: 9 9 9 9", "2 take_profit 100 2.5"),
        new("stop and target in one bar: the stop wins, no target fills", d => d.TakeProfits = [new(2, 1)],
            "0: 1 1 1 1 | 1: 1 2.5 0.4 1 | 2: 9 9 9 9", "2 stop_loss 100 0.5"),
        new("two targets in one bar fill in ascending order", d => d.TakeProfits = [new(2, 0.25), new(3, 0.5)],
            "0: 1 1 1 1 | 1: 1.5 3.5 1.5 3 | 2: 2.5 2.5 2.5 2.5", "2 take_profit 25 2, 2 take_profit 50 3, 3 window_end 25 2.5"),
        new("an open between two targets: the first at the open, the second at its level", d => d.TakeProfits = [new(2, 0.25), new(3, 0.5)],
            "0: 1 1 1 1 | 1: 2.5 3.5 2.5 3 | 2: 2 2 2 2", "2 take_profit 25 2.5, 2 take_profit 50 3, 3 window_end 25 2"),
        new("a target sells what is left of the main part, no more", Ladder + (d => d.TakeProfits = [new(2, 0.33), new(3, 0.33)]),
            "0: 1 1 1 1 | 1: 2 2 2 2 | 2: 3 3 3 3 | 3: 3 3 3 3", "2 take_profit 33 2, 3 take_profit 33 3, 4 window_end 34 3"),
        new("fractions and moonbag of 1 + 1e-9 together: the last target sells the rest", d => { d.TakeProfits = [new(2, 0.5), new(3, 0.5000000005)]; },
            "0: 1 1 1 1 | 1: 2 2 2 2 | 2: 3 3 3 3 | 3: 9 9 9 9", "2 take_profit 50 2, 3 take_profit 50 3"),
        new("a fraction below 1e-9 makes no fill and forms no moonbag", d => { d.TakeProfits = [new(2, 1e-10)]; d.Moonbag = 0.5; },
            "0: 1 1 1 1 | 1: 2 2 2 2 | 2: 1 1 0.4 1 | 3: 9 9 9 9", "3 stop_loss 100 0.5"),
        new("a main part below 1e-9 counts as gone", d => d.TakeProfits = [new(2, 0.9999999995)],
            "0: 1 1 1 1 | 1: 2 2 2 2 | 2: 1 1 0.4 1 | 3: 9 9 9 9", "2 take_profit 99.99999995 2"),

        // --- trailing stop: awake from 2, 30 % below the peak
        new("the trailing stop does not sell in the bar that wakes it", d => d.TrailingEnabled = true,
            "0: 1 1 1 1 | 1: 1 2 0.9 1.9 | 2: 1.9 1.9 1.6 1.8", "3 window_end 100 1.8"),
        new("the trailing stop sells from the next bar on, at peak x 0.7", d => d.TrailingEnabled = true,
            "0: 1 1 1 1 | 1: 1 2 0.9 1.9 | 2: 1.9 1.9 1.4 1.8 | 3: 9 9 9 9", "3 trailing_stop 100 1.4"),
        new("the trailing stop sells at the open of a bar that opens below it", d => d.TrailingEnabled = true,
            "0: 1 1 1 1 | 1: 1 2 0.9 1.9 | 2: 1.2 1.9 1.1 1.8 | 3: 9 9 9 9", "3 trailing_stop 100 1.2"),
        new("the peak counts from the bar after: a bar's own high does not raise its stop", d => d.TrailingEnabled = true,
            "0: 1 1 1 1 | 1: 1 2 1 2 | 2: 2.8 4 2.75 3 | 3: 3 3 2.75 2.8 | 4: 9 9 9 9", "4 trailing_stop 100 2.8"),
        new("a peak that does not reach the activation wakes nothing", d => d.TrailingEnabled = true,
            "0: 1 1 1 1 | 1: 1 1.99 1 1.9 | 2: 1.9 1.9 0.6 0.7", "3 window_end 100 0.7"),
        new("a trail equal to the stop is a stop loss", d => { d.TrailingEnabled = true; d.TrailingDistance = 0.75; },
            "0: 1 1 1 1 | 1: 1 2 1 2 | 2: 2 2 0.5 1 | 3: 9 9 9 9", "3 stop_loss 100 0.5"),
        new("a trail below the stop leaves the stop in force", d => { d.TrailingEnabled = true; d.TrailingDistance = 0.9; },
            "0: 1 1 1 1 | 1: 1 2 1 2 | 2: 2 2 0.4 1 | 3: 9 9 9 9", "3 stop_loss 100 0.5"),
        new("targets and the trail: the rest of the main part leaves with the trail, the moonbag rides", Ladder + (d => d.TrailingEnabled = true),
            "0: 1 1 1 1 | 1: 1 2 1 2 | 2: 2 2 1.3 1.5 | 3: 4 4 4 4", "2 take_profit 33 2, 3 trailing_stop 33 1.4, 4 window_end 34 4"),

        // --- moonbag
        new("before the first target a stop sells the reserve too", Ladder,
            "0: 1 1 1 1 | 1: 1 1 0.4 1 | 2: 9 9 9 9", "2 stop_loss 100 0.5"),
        new("a formed moonbag without a stop of its own rides to the end", Ladder,
            "0: 1 1 1 1 | 1: 1 2 1 1 | 2: 1 1 0.4 0.5 | 3: 0.01 0.01 0.01 0.01", "2 take_profit 33 2, 3 stop_loss 33 0.5, 4 window_end 34 0.01"),
        new("a moonbag's stop sells at its level, after the main part's", Ladder + (d => d.MoonbagStopLoss = 0.8),
            "0: 1 1 1 1 | 1: 1 2 1 1 | 2: 1 1 0.1 0.5 | 3: 9 9 9 9", "2 take_profit 33 2, 3 stop_loss 33 0.5, 3 moonbag_stop 34 0.2"),
        new("a moonbag's stop sells at the open of a bar that opens below it", Ladder + (d => d.MoonbagStopLoss = 0.8),
            "0: 1 1 1 1 | 1: 1 2 1 1 | 2: 1 1 0.4 0.4 | 3: 0.15 0.3 0.1 0.2 | 4: 9 9 9 9", "2 take_profit 33 2, 3 stop_loss 33 0.5, 4 moonbag_stop 34 0.15"),
        new("the bar that forms the moonbag cannot stop it", Ladder + (d => { d.StopLoss = 0.95; d.MoonbagStopLoss = 0.5; }),
            "0: 1 1 1 1 | 1: 1 2 0.4 1 | 2: 1 1 0.9 1", "2 take_profit 33 2, 3 window_end 67 1"),
        new("a moonbag's stop may sell while the main part is open; targets go on in that bar", Ladder + (d => { d.StopLoss = 0.95; d.MoonbagStopLoss = 0.5; }),
            "0: 1 1 1 1 | 1: 1 2 1 1 | 2: 1 3 0.4 1 | 3: 9 9 9 9", "2 take_profit 33 2, 3 moonbag_stop 34 0.5, 3 take_profit 33 3"),
        new("without targets a moonbag is never formed", d => { d.Moonbag = 0.5; d.MoonbagStopLoss = 0.1; },
            "0: 1 1 1 1 | 1: 1 1 0.8 1 | 2: 1 1 0.4 1 | 3: 9 9 9 9", "3 stop_loss 100 0.5"),

        // --- maximum hold: two minutes
        new("the maximum hold sells at the close of the first bar that reaches it", d => d.MaxHoldHours = 2 / 60.0,
            "0: 1 1 1 1 | 1: 1 1.1 1 1.1 | 2: 9 9 9 9", "2 max_hold 100 1.1"),
        new("the maximum hold counts from the entry, not from the bar", d => d.MaxHoldHours = 2 / 60.0,
            "0: 1 1 1 1 | 1: 1 1.1 1 1.1 | 2: 1 1.2 1 1.2 | 3: 9 9 9 9", "3 max_hold 100 1.2") { SignalAt = 0.5 },
        new("a stop in the last bar of the hold comes first", d => d.MaxHoldHours = 2 / 60.0,
            "0: 1 1 1 1 | 1: 1 1.1 0.5 1.1 | 2: 9 9 9 9", "2 stop_loss 100 0.5"),
        new("a target in the last bar of the hold fills first, and the moonbag it forms stays", Ladder + (d => d.MaxHoldHours = 2 / 60.0),
            "0: 1 1 1 1 | 1: 1 2 1 1.1 | 2: 4 4 4 4", "2 take_profit 33 2, 2 max_hold 33 1.1, 3 window_end 34 4"),
        new("before the first target the maximum hold sells the reserve too", Ladder + (d => d.MaxHoldHours = 2 / 60.0),
            "0: 1 1 1 1 | 1: 1 1.1 1 1.1 | 2: 9 9 9 9", "2 max_hold 100 1.1"),
        new("over a gap the maximum hold waits for a bar", d => d.MaxHoldHours = 2 / 60.0,
            "0: 1 1 1 1 | 30: 1 1.3 1 1.3 | 31: 9 9 9 9", "31 max_hold 100 1.3"),

        // --- the end; recovery one half
        new("an end exactly an hour before the window's is the window's end", d => d.DeadTokenRecovery = 0.5,
            "0: 1 1 1 1 | 1: 1 1 0.8 0.8", "2 window_end 100 0.8") { To = 62 },
        new("an end further away is the data's, and only a part is recovered", d => d.DeadTokenRecovery = 0.5,
            "0: 1 1 1 1 | 1: 1 1 0.8 0.8", "2 data_end 100 0.4") { To = 63 },
        new("a bar that closes after the window does not exist", null,
            "0: 1 1 1 1 | 1: 1 1 0.8 0.8 | 2: 1 1 0.1 1", "2 window_end 100 0.8") { To = 2.5 },
        new("the maximum hold comes before the end in the last bar", d => { d.MaxHoldHours = 2 / 60.0; d.DeadTokenRecovery = 0.5; },
            "0: 1 1 1 1 | 1: 1 1 0.8 0.8", "2 max_hold 100 0.8") { To = 300 },
        new("what is left of main part and moonbag leaves in one fill", Ladder + (d => d.DeadTokenRecovery = 0.5),
            "0: 1 1 1 1 | 1: 1 2 1 1.5", "2 take_profit 33 2, 2 data_end 67 0.75") { To = 300 },
    ];

    public static TheoryData<string> Names => [.. Cases.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_position_is_left_as_worked_out_by_hand(string name)
    {
        var @case = Cases.Single(candidate => candidate.Name == name);
        foreach (var blockSize in new[] { 1, 2, 64 })
        {
            var window = new Tape { ToMinute = @case.To, BlockSize = blockSize }.Bars(@case.Bars).Signal(@case.SignalAt).Window();
            foreach (var (engine, run) in Engines.All)
            {
                var replay = run(Tape.Plain(@case.Change), window).Replay!;
                var fills = string.Join(", ", replay.Trades.Fills.Select(Text));
                Assert.True(@case.Fills == fills, $"{engine}, blocks of {blockSize}: expected {@case.Fills}, but was {fills}");
            }
        }
    }

    [Fact]
    public void Every_exit_reason_has_a_case()
    {
        var reasons = Cases.SelectMany(@case => @case.Fills.Split(", ")).Select(fill => fill.Split(' ')[1]).ToHashSet();

        Assert.Equal(Enum.GetValues<ExitReason>().Select(Word).Order(), reasons.Order());
    }

    private static string Text(Fill fill) =>
        $"{Round((fill.Time - Tape.Start.Ticks) / (double)TimeSpan.TicksPerMinute)} {Word(fill.Reason)} {Round(fill.Quantity)} {Round(fill.Price)}";

    private static string Word(ExitReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    /// <summary>Ten digits: what is worked out by hand has no rounding errors.</summary>
    private static string Round(double value) => value.ToString("G10", CultureInfo.InvariantCulture) is var text && text.Contains('E', StringComparison.Ordinal)
        ? text.Replace("E-", "e-", StringComparison.Ordinal)
        : text;
}
