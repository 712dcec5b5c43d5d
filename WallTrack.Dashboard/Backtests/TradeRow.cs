using System.Collections.Immutable;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

/// <summary>A trade as a line of a table.</summary>
/// <param name="Number">In order of decision, from 1.</param>
public sealed record TradeRow(int Number, StoredTrade Trade)
{
    public TimeSpan Hold => Trade.ExitTime - Trade.EntryTime;

    /// <summary>Fraction of the size.</summary>
    public double PnlFraction => Trade.PnlSol / Trade.SizeSol;

    /// <summary>In order of time, each once.</summary>
    public IEnumerable<ExitReason> Reasons => Trade.Fills.Select(fill => fill.Reason).Distinct();

    public ClosedTrade Closed => new(Trade.WalletAddress, Trade.TokenAddress, Trade.EntryTime, Trade.Quantity, Trade.PnlSol, Trade.Fills);

    /// <summary>Of the quantity bought.</summary>
    public double ShareOf(in Fill fill) => fill.Quantity / Trade.Quantity;

    public static ImmutableArray<TradeRow> Of(ResultSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return [.. series.Trades.Select((trade, place) => new TradeRow(place + 1, trade))];
    }
}
