using System.Globalization;
using WallTrack.Batches;

namespace WallTrack.Tests.Batches;

/// <summary>Series as text in which two are equal only when every bit of every number is: −0 and 0 differ, NaN equals itself.</summary>
internal static class SeriesText
{
    public static string Of(ResultSeries series) => string.Join('\n',
    [
        .. series.Trades.Select(trade => string.Join(' ',
        [
            $"{trade.SignalId} {trade.TokenAddress} {trade.WalletAddress} {Of(trade.EntryTime)} {Of(trade.ExitTime)}",
            .. new[] { trade.Score, trade.RawPrice, trade.EntryPrice, trade.SizeSol, trade.Quantity, trade.PnlSol, trade.FeesSol }.Select(Of),
            .. trade.Fills.Select(fill => $"fill {fill.Time} {fill.Reason} {Of(fill.Quantity)} {Of(fill.Price)} {Of(fill.ProceedsSol)}"),
        ])),
        "equity " + string.Join(' ', series.Equity.Select(Of)),
    ]);

    private static string Of(DateTime time) => $"{time.Ticks}:{time.Kind}";

    private static string Of(double number) => $"{BitConverter.DoubleToInt64Bits(number):x16}={number.ToString("R", CultureInfo.InvariantCulture)}";
}
