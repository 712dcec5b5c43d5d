using WallTrack.Comparison;

namespace WallTrack.Dashboard.Charts;

/// <summary>One of the pictures that stand under one another over the same time axis: what it shows of a curve.</summary>
/// <param name="Unit">Of its axis.</param>
/// <param name="Values">In that unit, one a point; null when the curve has none.</param>
/// <param name="Text">A value; percents with their sign.</param>
/// <param name="HangsFromZero">0 is the upper edge.</param>
public sealed record CurvePane(string Title, string Unit, Func<Curve, ReadOnlyMemory<double>?> Values, Func<double, string> Text, bool HangsFromZero = false)
{
    public static CurvePane EquitySol { get; } = new(
        "Equity", "SOL",
        curve => curve.Values.IsDefaultOrEmpty ? null : curve.Values.AsMemory(),
        value => FigureText.Sol(value));

    public static CurvePane EquityPercent { get; } = new(
        "Equity", "% of start",
        curve => curve.Values.IsDefaultOrEmpty || !(curve.Values[0] > 0) ? null : Array.ConvertAll([.. curve.Values], value => 100 * ((value / curve.Values[0]) - 1)),
        Percent);

    public static CurvePane Drawdown { get; } = new(
        "Below the peak", "%",
        curve => curve.Values.IsDefaultOrEmpty || Underwater.Of(curve.Values.AsSpan()) is not { } below ? null : Array.ConvertAll(below, share => 100 * share),
        Percent, HangsFromZero: true);

    private static string Percent(double value) => FigureText.Percent(value, withPlus: true);
}
