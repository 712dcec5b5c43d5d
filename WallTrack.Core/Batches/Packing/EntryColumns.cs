using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>Writes what trades have in common that were entered alike: a row for each entry, in order of signal.</summary>
internal sealed class EntryColumns(int solDecimals)
{
    private readonly TableWriter _table = new(TradeColumns.OfEntry.Count);
    private readonly DistinctNumbers _slippages = new();
    private readonly DistinctNumbers _sizes = new();
    private long _time; // units
    private int _slippagePlace;
    private double _entryFactor;

    /// <summary>The SOL price at the latest entry, in digits.</summary>
    internal long SolUsd { get; private set; }

    /// <summary>Slippage's share in the price of a sale.</summary>
    internal double SaleFactor { get; private set; }

    internal void Clear()
    {
        _table.Clear();
        _slippages.Clear();
        _sizes.Clear();
        (_time, SolUsd, _entryFactor) = (0, 0, double.NaN); // NaN: the first entry asks for its factor
    }

    internal void Add(in Trade trade, TimeUnit unit)
    {
        var row = _table.Row();
        var (timeBefore, solBefore) = (_time, SolUsd);
        _time = unit.Whole(trade.EntryTime);
        row[TradeColumns.OfEntry.Time] = PackedWriter.Fold(_time - timeBefore);

        var score = Math.Max(0, TradeFormulas.Nearest(trade.Score * TradeFormulas.ScoreSteps, 0));
        row[TradeColumns.OfEntry.Score] = (ulong)score;
        row[TradeColumns.OfEntry.ScoreMiss] = TradeFormulas.Miss(trade.Score, score / TradeFormulas.ScoreSteps);

        var (digits, decimals) = TradeFormulas.DigitsOf(trade.RawPrice);
        row[TradeColumns.OfEntry.PriceDecimals] = (ulong)decimals;
        row[TradeColumns.OfEntry.PriceDigits] = (ulong)digits;
        row[TradeColumns.OfEntry.PriceMiss] = TradeFormulas.Miss(trade.RawPrice, TradeFormulas.Decimal(digits, decimals));

        if (trade.EntryPrice != trade.RawPrice * _entryFactor)
        {
            var slippage = TradeFormulas.Nearest(((trade.EntryPrice / trade.RawPrice) - 1) * (10000 * TradeFormulas.BasisPointSteps), 0);
            _slippagePlace = _slippages.PlaceOf(slippage);
            (_entryFactor, SaleFactor) = (TradeFormulas.EntryFactor(slippage), TradeFormulas.SaleFactor(slippage));
        }

        row[TradeColumns.OfEntry.Slippage] = (ulong)_slippagePlace;
        row[TradeColumns.OfEntry.EntryPriceMiss] = TradeFormulas.Miss(trade.EntryPrice, trade.RawPrice * _entryFactor);
        row[TradeColumns.OfEntry.Size] = (ulong)_sizes.PlaceOf(BitConverter.DoubleToInt64Bits(trade.SizeSol));
        SolUsd = TradeFormulas.DigitsOf(trade.Quantity * trade.EntryPrice / trade.SizeSol, solDecimals, solBefore);
        row[TradeColumns.OfEntry.SolUsd] = PackedWriter.Fold(SolUsd - solBefore);
        row[TradeColumns.OfEntry.QuantityMiss] = TradeFormulas.Miss(
            trade.Quantity, TradeFormulas.Quantity(trade.SizeSol, TradeFormulas.Decimal(SolUsd, solDecimals), trade.EntryPrice));
    }

    internal void WriteTo(PackedWriter to)
    {
        _table.WriteTo(to);
        _slippages.WriteTo(to);
        _sizes.WriteTo(to);
    }
}
