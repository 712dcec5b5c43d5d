using System.Globalization;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>Outcomes as text in which two are equal only when every bit of every number is: −0 and 0 differ, NaN equals itself.</summary>
internal static class Bits
{
    public static string Of(Outcome outcome) => outcome.Replay is not { } replay ? $"error {outcome.Error}" : string.Join('\n',
    [
        replay.Skipped.ToString(),
        .. replay.Trades.Trades.Select(trade =>
            $"trade {trade.Signal} {trade.FirstFill} {trade.FillCount} {trade.EntryTime} {trade.ExitTime} {Hex(trade.Score)} {Hex(trade.RawPrice)} {Hex(trade.EntryPrice)} {Hex(trade.SizeSol)} {Hex(trade.Quantity)} {Hex(trade.FeesSol)} {Hex(trade.PnlSol)}"),
        .. replay.Trades.Fills.Select(fill => $"fill {fill.Time} {fill.Reason} {Hex(fill.Quantity)} {Hex(fill.Price)} {Hex(fill.ProceedsSol)}"),
        "equity " + string.Join(' ', replay.Equity.Select(Hex)),
        .. typeof(Metrics).GetProperties().Select(property => $"{property.Name} {(property.GetValue(replay.Metrics) is double number ? Hex(number) : property.GetValue(replay.Metrics) ?? "none")}"),
    ]);

    /// <summary>The first line in which they differ, for a message that can be read.</summary>
    public static string? Difference(Outcome expected, Outcome actual)
    {
        var (left, right) = (Of(expected).Split('\n'), Of(actual).Split('\n'));
        return left.Zip(right).Where(pair => pair.First != pair.Second).Select(pair => $"\n  {pair.First}\n  {pair.Second}").FirstOrDefault()
            ?? (left.Length == right.Length ? null : $"{left.Length} lines against {right.Length}");
    }

    private static string Hex(double value) => $"{BitConverter.DoubleToInt64Bits(value):x16}={value.ToString("R", CultureInfo.InvariantCulture)}";
}
