using System.Collections.Immutable;
using WallTrack.Simulation;

namespace WallTrack.Comparison;

/// <summary>What of a closed trade a breakdown asks for.</summary>
/// <param name="EntryTime">UTC.</param>
/// <param name="Quantity">Tokens bought.</param>
/// <param name="PnlSol">Σ proceeds of the fills − what the entry cost.</param>
public sealed record ClosedTrade(string WalletAddress, string TokenAddress, DateTime EntryTime, double Quantity, double PnlSol, ImmutableArray<Fill> Fills);

/// <summary>What trades, or their fills, with something in common earned together.</summary>
/// <param name="Winning">With a profit.</param>
public sealed record BreakdownRow<TKey>(TKey Key, int Count, int Winning, double PnlSol)
{
    /// <summary>Fraction.</summary>
    public double WinRate => Winning / (double)Count;
}

/// <summary>Where the P&amp;L of a result comes from.</summary>
/// <remarks>
/// By exit reason it is fills that are counted, because one trade may leave in several ways: each fill bears the share of
/// the entry's cost that its quantity is of the whole. All other rows count trades. Each breakdown adds up to the P&amp;L of
/// all trades, except for rounding.
/// </remarks>
public sealed class TradeBreakdown
{
    private TradeBreakdown(IReadOnlyList<ClosedTrade> trades)
    {
        ByExitReason = Rows(trades.SelectMany(FillsOf), fill => fill.Reason, fill => fill.PnlSol, Comparer<ExitReason>.Default);
        ByWallet = Rows(trades, trade => trade.WalletAddress, trade => trade.PnlSol, StringComparer.Ordinal);
        ByToken = Rows(trades, trade => trade.TokenAddress, trade => trade.PnlSol, StringComparer.Ordinal);
        var hours = Rows(trades, trade => trade.EntryTime.Hour, trade => trade.PnlSol, Comparer<int>.Default).ToDictionary(row => row.Key);
        ByHour = [.. Enumerable.Range(0, 24).Select(hour => hours.GetValueOrDefault(hour) ?? new(hour, 0, 0, 0))];
    }

    /// <summary>The most profitable first. Counts are of fills.</summary>
    public ImmutableArray<BreakdownRow<ExitReason>> ByExitReason { get; }

    /// <summary>The most profitable first.</summary>
    public ImmutableArray<BreakdownRow<string>> ByWallet { get; }

    /// <inheritdoc cref="ByWallet"/>
    public ImmutableArray<BreakdownRow<string>> ByToken { get; }

    /// <summary>By the UTC hour of the entry, all 24, also those without a trade.</summary>
    public ImmutableArray<BreakdownRow<int>> ByHour { get; }

    public static TradeBreakdown Of(IReadOnlyList<ClosedTrade> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return new(trades);
    }

    private static IEnumerable<(ExitReason Reason, double PnlSol)> FillsOf(ClosedTrade trade)
    {
        var costSol = trade.Fills.Sum(fill => fill.ProceedsSol) - trade.PnlSol;
        return trade.Fills.Select(fill => (fill.Reason, fill.ProceedsSol - (costSol * (fill.Quantity / trade.Quantity))));
    }

    private static ImmutableArray<BreakdownRow<TKey>> Rows<T, TKey>(IEnumerable<T> parts, Func<T, TKey> key, Func<T, double> pnlSol, IComparer<TKey> order)
        where TKey : notnull =>
        [
            .. parts.GroupBy(key)
                .Select(group => new BreakdownRow<TKey>(group.Key, group.Count(), group.Count(part => pnlSol(part) > 0), group.Sum(pnlSol)))
                .OrderByDescending(row => row.PnlSol).ThenBy(row => row.Key, order),
        ];
}
