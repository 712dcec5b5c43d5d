using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>What a scenario pays for an entry or a fill, in whole steps of <see cref="TradeFormulas"/>.</summary>
internal readonly struct FeeSchedule(long bps, long network)
{
    private readonly double _bps = bps / TradeFormulas.BasisPointSteps;
    private readonly double _networkSol = network / TradeFormulas.NetworkFeeSteps;

    internal long Bps { get; } = bps;

    internal long Network { get; } = network;

    private bool IsFree => (Bps | Network) == 0;

    /// <summary>The fee of that many SOL.</summary>
    internal double Of(double sol) => IsFree ? 0 : (sol * _bps / 10000) + _networkSol;

    /// <summary>What was paid when this was left after the fee; near it, not exactly.</summary>
    internal double Before(double sol) => IsFree ? sol : (sol + _networkSol) / (1 - (_bps / 10000));

    /// <summary>This schedule if the trade may have been made under it, else another that it follows from the trade's sums.</summary>
    /// <param name="proceedsSol">Of all its fills.</param>
    internal FeeSchedule For(in Trade trade, double proceedsSol)
    {
        if (trade.FeesSol == 0)
        {
            return default;
        }

        var entryFees = proceedsSol - trade.SizeSol - trade.PnlSol;
        var fillFees = trade.FeesSol - entryFees;
        var gross = proceedsSol + fillFees;
        if (IsNear(Of(trade.SizeSol), entryFees) && IsNear(Of(gross) + ((trade.FillCount - 1) * _networkSol), fillFees))
        {
            return this;
        }

        // Two equations: entry fees = size · rate + network fee, and fill fees = gross · rate + fills · network fee.
        var rate = (fillFees - (trade.FillCount * entryFees)) / (gross - (trade.FillCount * trade.SizeSol));
        var bps = TradeFormulas.Nearest(rate * 10000 * TradeFormulas.BasisPointSteps, 0);
        var withoutNetwork = new FeeSchedule(bps, 0).Of(trade.SizeSol);
        return new(bps, TradeFormulas.Nearest((entryFees - withoutNetwork) * TradeFormulas.NetworkFeeSteps, 0));
    }

    private static bool IsNear(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9 * Math.Abs(actual);
}
