using System.Collections.Immutable;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Backtests;

/// <summary>A line of a breakdown.</summary>
/// <param name="Title">The whole of what the text abridges.</param>
/// <param name="Query">The trades of that line, where they can be filtered for.</param>
/// <param name="Reach">P&amp;L as a share of the largest in the breakdown, −1 … 1.</param>
public sealed record BreakdownLine(string Text, string? Title, TradeQuery? Query, int Count, double? WinRate, double PnlSol, double Reach)
{
    public static ImmutableArray<BreakdownLine> Of<TKey>(IReadOnlyCollection<BreakdownRow<TKey>> rows, Func<TKey, string> text, Func<TKey, string?> title, Func<TKey, TradeQuery?> query)
    {
        var largest = rows.Select(row => Math.Abs(row.PnlSol)).DefaultIfEmpty().Max();
        return
        [
            .. rows.Select(row => new BreakdownLine(
                text(row.Key), title(row.Key), query(row.Key), row.Count, row.Count > 0 ? row.WinRate : null, row.PnlSol, largest > 0 ? row.PnlSol / largest : 0)),
        ];
    }
}
