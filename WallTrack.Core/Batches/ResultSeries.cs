using System.Collections.Immutable;
using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>One trade as it is stored: whole without the history it came from. Numbers are those of <see cref="Trade"/>.</summary>
/// <param name="Fills">In order of time.</param>
public sealed record StoredTrade(
    Guid SignalId, string TokenAddress, string WalletAddress, double Score, DateTime EntryTime, double RawPrice, double EntryPrice,
    double SizeSol, double Quantity, DateTime ExitTime, double PnlSol, double FeesSol, ImmutableArray<Fill> Fills);

/// <summary>What of a result is too long for its row.</summary>
/// <param name="Trades">In order of decision.</param>
/// <param name="Equity">SOL, one value a point of the window's <see cref="HourGrid"/>.</param>
public sealed record ResultSeries(ImmutableArray<StoredTrade> Trades, ImmutableArray<double> Equity)
{
    public static ResultSeries Of(Replay replay, HistoryWindow window)
    {
        ArgumentNullException.ThrowIfNull(replay);
        ArgumentNullException.ThrowIfNull(window);
        var signals = window.Signals;
        var trades = ImmutableArray.CreateBuilder<StoredTrade>(replay.Trades.Count);
        foreach (ref readonly var trade in replay.Trades.Trades.AsSpan())
        {
            trades.Add(new(
                signals.Ids[trade.Signal],
                signals.TokenAddresses[signals.Tokens[trade.Signal]],
                signals.WalletAddresses[signals.Wallets[trade.Signal]],
                trade.Score, new(trade.EntryTime, DateTimeKind.Utc), trade.RawPrice, trade.EntryPrice, trade.SizeSol, trade.Quantity,
                new(trade.ExitTime, DateTimeKind.Utc), trade.PnlSol, trade.FeesSol, [.. replay.Trades.FillsOf(in trade)]));
        }

        return new(trades.MoveToImmutable(), replay.Equity);
    }
}
