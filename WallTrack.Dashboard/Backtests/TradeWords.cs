using System.Globalization;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

/// <summary>Trades as an operator reads them.</summary>
internal static class TradeWords
{
    private const int ShownOfAddress = 4;

    public static string Of(ExitReason reason) => reason switch
    {
        ExitReason.StopLoss => "stop loss",
        ExitReason.TrailingStop => "trailing stop",
        ExitReason.MoonbagStop => "moonbag stop",
        ExitReason.TakeProfit => "take-profit",
        ExitReason.MaxHold => "maximum hold",
        ExitReason.WindowEnd => "end of the window",
        _ => "end of the data",
    };

    /// <summary>In the order in which a signal is asked them.</summary>
    public static IReadOnlyList<(string Words, int Count)> Of(SkipCounts skipped) =>
    [
        ("score below the threshold", skipped.BelowThreshold),
        ("filtered", skipped.Filtered),
        ("entries of the day used up", skipped.DailyLimit),
        ("token already held", skipped.AlreadyHolding),
        ("no free slot", skipped.MaxPositions),
        ("no price", skipped.NoPrice),
        ("not enough cash", skipped.InsufficientCapital),
    ];

    /// <summary>Its two ends, "9WzD…AWWM".</summary>
    public static string Short(string address) =>
        address.Length <= (2 * ShownOfAddress) + 1 ? address : $"{address[..ShownOfAddress]}…{address[^ShownOfAddress..]}";

    public static string Sol(double value) => FigureText.Sol(value, withPlus: true);

    public static string Percent(double fraction) => FigureText.Percent(fraction * 100, withPlus: true);

    /// <summary>A fraction that has no sign to show.</summary>
    public static string Share(double fraction) => FigureText.Percent(fraction * 100);

    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The class of a gain or a loss; the sign says it too.</summary>
    public static string Tone(double value) => value > 0 ? "gain" : value < 0 ? "loss" : "";
}
