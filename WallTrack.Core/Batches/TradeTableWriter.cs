using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>Writes the distinct trades of a block: see <see cref="TradeColumns"/> and <see cref="TradeFormulas"/>.</summary>
internal sealed class TradeTableWriter(HistoryWindow window)
{
    private readonly int _solDecimals = SolDecimals(window.Sol);
    private readonly AddressBook _tokens = new(window.Signals.TokenAddresses);
    private readonly AddressBook _wallets = new(window.Signals.WalletAddresses);
    private readonly DistinctNumbers _slippages = new();
    private readonly DistinctNumbers _sizes = new();
    private readonly FillKinds _kinds = new();
    private readonly TableWriter _signals = new(TradeColumns.OfSignal.Count);
    private readonly TableWriter _entries = new(TradeColumns.OfEntry.Count);
    private readonly TableWriter _fills = new(TradeColumns.OfFill.Count);
    private readonly TableWriter _prices = new(TradeColumns.OfPrice.Count);
    private readonly TableWriter _trades = new(TradeColumns.OfTrade.Count);

    // Of the entry at hand.
    private long _time; // units
    private long _solUsd; // digits
    private int _slippagePlace;
    private double _entryFactor; // NaN before the first
    private double _saleFactor;

    // The latest kind of each reason.
    private readonly Likely[] _likely = new Likely[8];

    internal void Write(DistinctTrades distinct, ReadOnlySpan<SortedTrade> sorted, PackedWriter to)
    {
        Clear();
        var trades = distinct.Trades;
        var fills = distinct.Fills;
        var (entryUnit, fillUnit) = (distinct.EntryUnit, distinct.FillUnit);
        foreach (var (number, begins) in sorted)
        {
            ref readonly var trade = ref trades[number];
            if (begins != Begins.Nothing)
            {
                WriteEntry(in trade, entryUnit);
            }

            WriteTrade(in trade, begins, fills.Slice(trade.FirstFill, trade.FillCount), fillUnit);
        }

        to.Byte((byte)_solDecimals);
        to.Byte((byte)entryUnit);
        to.Byte((byte)fillUnit);
        WriteSignals(trades, sorted, to);
        _entries.WriteTo(to);
        _fills.WriteTo(to);
        _prices.WriteTo(to);
        _trades.WriteTo(to);
        _tokens.Write(to);
        _wallets.Write(to);
        _slippages.Write(to);
        _sizes.Write(to);
        _kinds.Write(to);
    }

    private void Clear()
    {
        _tokens.Clear();
        _wallets.Clear();
        _slippages.Clear();
        _sizes.Clear();
        _kinds.Clear();
        _signals.Clear();
        _entries.Clear();
        _fills.Clear();
        _prices.Clear();
        _trades.Clear();
        (_time, _solUsd, _entryFactor) = (0, 0, double.NaN);
        Array.Fill(_likely, new(0, 0, double.NaN, double.NaN));
    }

    private void WriteSignals(ReadOnlySpan<Trade> trades, ReadOnlySpan<SortedTrade> sorted, PackedWriter to)
    {
        var tokens = window.Signals.Tokens;
        var wallets = window.Signals.Wallets;
        var ids = window.Signals.Ids;
        foreach (var (number, begins) in sorted)
        {
            if (begins == Begins.Signal)
            {
                var signal = trades[number].Signal;
                var known = _tokens.Count;
                var row = _signals.Row();
                row[TradeColumns.OfSignal.Token] = (ulong)(known - _tokens.NumberOf(tokens[signal]));
                row[TradeColumns.OfSignal.Wallet] = (ulong)_wallets.NumberOf(wallets[signal]);
            }
        }

        _signals.WriteTo(to);
        foreach (var (number, begins) in sorted)
        {
            if (begins == Begins.Signal)
            {
                to.Id(ids[trades[number].Signal]);
            }
        }
    }

    private void WriteEntry(in Trade trade, TimeUnit unit)
    {
        var row = _entries.Row();
        var (timeBefore, solBefore) = (_time, _solUsd);
        _time = unit.Whole(trade.EntryTime);
        row[TradeColumns.OfEntry.Time] = PackedWriter.Fold(_time - timeBefore);

        var score = Math.Max(0, TradeFormulas.Nearest(trade.Score * TradeFormulas.ScoreSteps, 0));
        row[TradeColumns.OfEntry.Score] = (ulong)score;
        row[TradeColumns.OfEntry.ScoreMiss] = TradeFormulas.Miss(trade.Score, score / TradeFormulas.ScoreSteps);

        var (digits, decimals) = TradeFormulas.DigitsOf(trade.RawPrice);
        row[TradeColumns.OfEntry.PriceDecimals] = (ulong)decimals;
        row[TradeColumns.OfEntry.PriceDigits] = (ulong)digits;
        row[TradeColumns.OfEntry.PriceMiss] = TradeFormulas.Miss(trade.RawPrice, TradeFormulas.Price(digits, decimals));

        if (trade.EntryPrice != trade.RawPrice * _entryFactor)
        {
            Slip(TradeFormulas.Nearest(((trade.EntryPrice / trade.RawPrice) - 1) * (10000 * TradeFormulas.SlippageSteps), 0));
        }

        row[TradeColumns.OfEntry.Slippage] = (ulong)_slippagePlace;
        row[TradeColumns.OfEntry.EntryPriceMiss] = TradeFormulas.Miss(trade.EntryPrice, trade.RawPrice * _entryFactor);
        row[TradeColumns.OfEntry.Size] = (ulong)_sizes.PlaceOf(BitConverter.DoubleToInt64Bits(trade.SizeSol));
        _solUsd = TradeFormulas.DigitsOfSol(trade.Quantity * trade.EntryPrice / trade.SizeSol, _solDecimals, solBefore);
        row[TradeColumns.OfEntry.SolUsd] = PackedWriter.Fold(_solUsd - solBefore);
        row[TradeColumns.OfEntry.QuantityMiss] = TradeFormulas.Miss(
            trade.Quantity, TradeFormulas.Quantity(trade.SizeSol, TradeFormulas.SolUsd(_solUsd, _solDecimals), trade.EntryPrice));
    }

    private void WriteTrade(in Trade trade, Begins begins, ReadOnlySpan<Fill> fills, TimeUnit unit)
    {
        var (proceeds, last, lastWhole) = (0.0, trade.EntryTime, unit.Whole(trade.EntryTime));
        foreach (ref readonly var fill in fills)
        {
            var whole = unit.Whole(fill.Time);
            WriteFill(in trade, in fill, whole - lastWhole);
            proceeds += fill.ProceedsSol;
            (last, lastWhole) = (fill.Time, whole);
        }

        var row = _trades.Row();
        row[TradeColumns.OfTrade.Begins] = (ulong)begins;
        row[TradeColumns.OfTrade.FillCount] = PackedWriter.Fold(fills.Length - 1);
        row[TradeColumns.OfTrade.ExitTime] = PackedWriter.Fold(trade.ExitTime - last);
        row[TradeColumns.OfTrade.FeesMiss] = TradeFormulas.Miss(trade.FeesSol, 0);
        row[TradeColumns.OfTrade.PnlMiss] = TradeFormulas.Miss(trade.PnlSol, proceeds - trade.SizeSol);
    }

    private void WriteFill(in Trade trade, in Fill fill, long time)
    {
        var row = _fills.Row();
        row[TradeColumns.OfFill.Time] = PackedWriter.Fold(time);

        // Most fills are of the kind of the fill before with that reason, which spares looking for it.
        ref var likely = ref _likely[(int)fill.Reason & (_likely.Length - 1)];
        if (likely.Reason != fill.Reason || fill.Quantity != likely.Fraction * trade.Quantity || fill.Price != trade.EntryPrice * likely.Level * _saleFactor)
        {
            likely = KindOf(in trade, in fill);
        }

        row[TradeColumns.OfFill.Kind] = (ulong)likely.Place;
        row[TradeColumns.OfFill.QuantityMiss] = TradeFormulas.Miss(fill.Quantity, likely.Fraction * trade.Quantity);
        row[TradeColumns.OfFill.PriceMiss] = TradeFormulas.Miss(fill.Price, (double.IsNaN(likely.Level) ? WritePrice(fill.Price) : trade.EntryPrice * likely.Level) * _saleFactor);

        var sol = TradeFormulas.DigitsOfSol(fill.Quantity * fill.Price / fill.ProceedsSol, _solDecimals, _solUsd);
        row[TradeColumns.OfFill.SolUsd] = PackedWriter.Fold(sol - _solUsd);
        row[TradeColumns.OfFill.ProceedsMiss] = TradeFormulas.Miss(
            fill.ProceedsSol, TradeFormulas.Gross(fill.Quantity, fill.Price, TradeFormulas.SolUsd(sol, _solDecimals)));
    }

    private Likely KindOf(in Trade trade, in Fill fill)
    {
        const ulong roundings = 64;
        var fraction = TradeFormulas.Nearest(fill.Quantity / trade.Quantity * TradeFormulas.FractionSteps, 0);
        var level = TradeFormulas.Nearest(fill.Price / _saleFactor / trade.EntryPrice * TradeFormulas.LevelSteps, 0);
        var factor = TradeFormulas.Level(level);
        if (TradeFormulas.Miss(fill.Price, trade.EntryPrice * factor * _saleFactor) > roundings)
        {
            (level, factor) = (FillKind.Market, double.NaN);
        }

        return new(_kinds.PlaceOf(new(fill.Reason, fraction, level)), fill.Reason, TradeFormulas.Fraction(fraction), factor);
    }

    /// <summary>A price of the market, which is written apart.</summary>
    /// <returns>What is written of it.</returns>
    private double WritePrice(double price)
    {
        var (digits, decimals) = TradeFormulas.DigitsOf(price / _saleFactor);
        var row = _prices.Row();
        row[TradeColumns.OfPrice.Decimals] = (ulong)decimals;
        row[TradeColumns.OfPrice.Digits] = (ulong)digits;
        return TradeFormulas.Price(digits, decimals);
    }

    private void Slip(long slippage)
    {
        (_slippagePlace, _entryFactor, _saleFactor) = (_slippages.PlaceOf(slippage), TradeFormulas.EntryFactor(slippage), TradeFormulas.SaleFactor(slippage));
    }

    /// <summary>In how many decimals SOL prices are written, at most nine; a guess from a few of them.</summary>
    private static int SolDecimals(SolPrice sol)
    {
        var decimals = 0;
        var bars = sol.Bars;
        for (var i = 0; i < 64; i++)
        {
            var price = bars is null ? sol.At(0) : bars.Count == 0 ? 0 : bars.Closes[(int)((long)bars.Count * i / 64)];
            while (decimals < 9 && TradeFormulas.SolUsd(TradeFormulas.DigitsOfSol(price, decimals, 0), decimals) != price)
            {
                decimals++;
            }
        }

        return decimals;
    }

    /// <summary>A kind of fills, with the factors that its steps stand for.</summary>
    /// <param name="Level">NaN for one that meets none.</param>
    private readonly record struct Likely(int Place, ExitReason Reason, double Fraction, double Level);
}
