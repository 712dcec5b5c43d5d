using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>Writes the fills of one trade after another, each as its kind and what it misses of it.</summary>
internal sealed class FillColumns(int solDecimals)
{
    private const int Reasons = 8;
    private const int Ordinals = 4;
    private readonly TableWriter _table = new(TradeColumns.OfFill.Count);
    private readonly TableWriter _prices = new(TradeColumns.OfPrice.Count);
    private readonly TableWriter _kinds = new(TradeColumns.OfKind.Count);
    private readonly Dictionary<FillKind, int> _places = [];
    private readonly FactorsOfKind[] _latest = new FactorsOfKind[Reasons * Ordinals]; // by reason and by which fill of its trade it was

    internal void Clear()
    {
        _table.Clear();
        _prices.Clear();
        _kinds.Clear();
        _places.Clear();
        Array.Fill(_latest, new(default, 0, double.NaN, double.NaN)); // no fill is of this kind
    }

    /// <param name="ordinal">Which fill of the trade it is, from 0.</param>
    /// <param name="time">Units since the fill or the entry before.</param>
    /// <param name="entry">Of the trade.</param>
    /// <returns>The fee that the fill is expected to have paid.</returns>
    internal double Add(in Trade trade, in Fill fill, int ordinal, long time, EntryColumns entry, FeeSchedule fees)
    {
        var row = _table.Row();
        row[TradeColumns.OfFill.Time] = PackedWriter.Fold(time);

        // Most fills are of the same kind as the latest in their place, which spares looking for it.
        ref var kind = ref _latest[(((int)fill.Reason & (Reasons - 1)) * Ordinals) + (ordinal & (Ordinals - 1))];
        if (kind.Reason != fill.Reason || fill.Quantity != kind.Fraction * trade.Quantity
            || (fill.Price != trade.EntryPrice * kind.Level * entry.SaleFactor && !(kind.IsOfMarket && MeetsNoLevel(fill.Reason))))
        {
            kind = KindOf(in trade, in fill, entry.SaleFactor);
        }

        row[TradeColumns.OfFill.Kind] = (ulong)kind.Place;
        row[TradeColumns.OfFill.QuantityMiss] = TradeFormulas.Miss(fill.Quantity, kind.Fraction * trade.Quantity);
        var price = kind.IsOfMarket ? AddPrice(fill.Price / entry.SaleFactor) : trade.EntryPrice * kind.Level;
        row[TradeColumns.OfFill.PriceMiss] = TradeFormulas.Miss(fill.Price, price * entry.SaleFactor);

        var value = fill.Quantity * fill.Price;
        var sol = TradeFormulas.DigitsOf(value / fees.Before(fill.ProceedsSol), solDecimals, entry.SolUsd);
        var gross = value / TradeFormulas.Decimal(sol, solDecimals);
        var fee = fees.Of(gross);
        row[TradeColumns.OfFill.SolUsd] = PackedWriter.Fold(sol - entry.SolUsd);
        row[TradeColumns.OfFill.ProceedsMiss] = TradeFormulas.Miss(fill.ProceedsSol, gross - fee);
        return fee;
    }

    internal void WriteTo(PackedWriter to)
    {
        _table.WriteTo(to);
        _prices.WriteTo(to);
        _kinds.WriteTo(to);
    }

    private FactorsOfKind KindOf(in Trade trade, in Fill fill, double saleFactor)
    {
        const ulong roundings = 64;
        var fraction = TradeFormulas.Nearest(fill.Quantity / trade.Quantity * TradeFormulas.FractionSteps, 0);
        var (level, factor) = (FillKind.Market, double.NaN);
        if (!MeetsNoLevel(fill.Reason))
        {
            level = TradeFormulas.Nearest(fill.Price / saleFactor / trade.EntryPrice * TradeFormulas.LevelSteps, 0);
            factor = TradeFormulas.Level(level);
            if (TradeFormulas.Miss(fill.Price, trade.EntryPrice * factor * saleFactor) > roundings)
            {
                (level, factor) = (FillKind.Market, double.NaN);
            }
        }

        return new(fill.Reason, PlaceOf(new(fill.Reason, fraction, level)), TradeFormulas.Fraction(fraction), factor);
    }

    private static bool MeetsNoLevel(ExitReason reason) => reason >= ExitReason.MaxHold;

    private int PlaceOf(FillKind kind)
    {
        if (!_places.TryGetValue(kind, out var place))
        {
            place = _kinds.Count;
            _places.Add(kind, place);
            var row = _kinds.Row();
            row[TradeColumns.OfKind.Reason] = PackedWriter.Fold((int)kind.Reason);
            row[TradeColumns.OfKind.Fraction] = PackedWriter.Fold(kind.Fraction);
            row[TradeColumns.OfKind.Level] = PackedWriter.Fold(kind.Level);
        }

        return place;
    }

    /// <returns>What is written of a price of the market.</returns>
    private double AddPrice(double price)
    {
        var (digits, decimals) = TradeFormulas.DigitsOf(price);
        var row = _prices.Row();
        row[TradeColumns.OfPrice.Decimals] = (ulong)decimals;
        row[TradeColumns.OfPrice.Digits] = (ulong)digits;
        return TradeFormulas.Decimal(digits, decimals);
    }

    /// <param name="Level">NaN for a price of the market.</param>
    private readonly record struct FactorsOfKind(ExitReason Reason, int Place, double Fraction, double Level)
    {
        internal bool IsOfMarket => double.IsNaN(Level);
    }
}

/// <summary>What fills of one exit rule have in common: steps as in <see cref="TradeFormulas"/>.</summary>
/// <param name="Level">Of the entry price; <see cref="Market"/> for a fill that met no level.</param>
internal readonly record struct FillKind(ExitReason Reason, long Fraction, long Level)
{
    internal const long Market = long.MinValue;
}
