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
    private readonly ColumnPage _tradePage = new(TradeColumns.OfTrade.Count);
    private readonly ColumnPage _entryPage = new(TradeColumns.OfEntry.Count);
    private readonly ColumnPage _signalPage = new(TradeColumns.OfSignal.Count);
    private readonly ColumnPage _fillPage = new(TradeColumns.OfFill.Count);
    private readonly ColumnPage _pricePage = new(TradeColumns.OfPrice.Count);
    private (long Slippage, long SolDigits)[] _terms = []; // by place in the order
    private readonly List<double> _prices = [];

    /// <param name="order">Numbers of all the trades, as they are to be written.</param>
    internal void Write(DistinctTrades trades, ReadOnlySpan<int> order, ReadOnlySpan<Begins> begins, PackedWriter to)
    {
        Clear();
        if (_terms.Length < order.Length)
        {
            _terms = new (long, long)[order.Length];
        }

        to.Int32(trades.Count);
        to.Int32(trades.EntryCount);
        to.Int32(trades.SignalCount);
        to.Int32(trades.FillCount);
        to.Byte((byte)_solDecimals);
        WriteSignals(trades, order, begins, to);
        WriteEntries(trades, order, begins, to);
        WriteFills(trades, order, to);
        WriteTrades(trades, order, begins, to);
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
        _prices.Clear();
    }

    private void WriteSignals(DistinctTrades trades, ReadOnlySpan<int> order, ReadOnlySpan<Begins> begins, PackedWriter to)
    {
        var signals = window.Signals;
        for (var i = 0; i < order.Length; i++)
        {
            if (begins[i] == Begins.Signal)
            {
                var signal = trades[order[i]].Signal;
                var known = _tokens.Count;
                var number = _tokens.NumberOf(signals.Tokens[signal]);
                _signalPage[TradeColumns.OfSignal.Token] = (ulong)(known - number);
                _signalPage[TradeColumns.OfSignal.Wallet] = (ulong)_wallets.NumberOf(signals.Wallets[signal]);
                _signalPage.EndRow(to);
            }
        }

        _signalPage.Flush(to);
        for (var i = 0; i < order.Length; i++)
        {
            if (begins[i] == Begins.Signal)
            {
                to.Id(signals.Ids[trades[order[i]].Signal]);
            }
        }
    }

    private void WriteEntries(DistinctTrades trades, ReadOnlySpan<int> order, ReadOnlySpan<Begins> begins, PackedWriter to)
    {
        var unit = TimeUnit.Minute;
        foreach (var number in order)
        {
            unit = unit.For(trades[number].EntryTime);
        }

        to.Byte((byte)unit);
        var (before, slippage, sol) = (0L, 0L, 0L);
        for (var i = 0; i < order.Length; i++)
        {
            if (begins[i] != Begins.Nothing)
            {
                ref readonly var trade = ref trades[order[i]];
                var time = unit.Whole(trade.EntryTime);
                _entryPage[TradeColumns.OfEntry.Time] = PackedWriter.Fold(time - before);
                before = time;

                var score = Math.Max(0, TradeFormulas.Nearest(trade.Score * TradeFormulas.ScoreSteps));
                _entryPage[TradeColumns.OfEntry.Score] = (ulong)score;
                _entryPage[TradeColumns.OfEntry.ScoreMiss] = TradeFormulas.Miss(trade.Score, score / TradeFormulas.ScoreSteps);

                var (digits, decimals) = TradeFormulas.DigitsOf(trade.RawPrice);
                _entryPage[TradeColumns.OfEntry.PriceDecimals] = (ulong)decimals;
                _entryPage[TradeColumns.OfEntry.PriceDigits] = (ulong)digits;
                _entryPage[TradeColumns.OfEntry.PriceMiss] = TradeFormulas.Miss(trade.RawPrice, TradeFormulas.Price(digits, decimals));

                slippage = TradeFormulas.Nearest(((trade.EntryPrice / trade.RawPrice) - 1) * (10000 * TradeFormulas.SlippageSteps));
                _entryPage[TradeColumns.OfEntry.Slippage] = (ulong)_slippages.PlaceOf(slippage);
                _entryPage[TradeColumns.OfEntry.EntryPriceMiss] = TradeFormulas.Miss(trade.EntryPrice, TradeFormulas.EntryPrice(trade.RawPrice, slippage));

                _entryPage[TradeColumns.OfEntry.Size] = (ulong)_sizes.PlaceOf(BitConverter.DoubleToInt64Bits(trade.SizeSol));
                var solBefore = sol;
                sol = TradeFormulas.DigitsOfSol(trade.Quantity * trade.EntryPrice / trade.SizeSol, _solDecimals, solBefore);
                _entryPage[TradeColumns.OfEntry.SolUsd] = PackedWriter.Fold(sol - solBefore);
                _entryPage[TradeColumns.OfEntry.QuantityMiss] = TradeFormulas.Miss(
                    trade.Quantity, TradeFormulas.Quantity(trade.SizeSol, TradeFormulas.SolUsd(sol, _solDecimals), trade.EntryPrice));
                _entryPage.EndRow(to);
            }

            _terms[i] = (slippage, sol);
        }

        _entryPage.Flush(to);
    }

    private void WriteFills(DistinctTrades trades, ReadOnlySpan<int> order, PackedWriter to)
    {
        var unit = TimeUnit.Minute;
        foreach (var number in order)
        {
            foreach (ref readonly var fill in trades.FillsOf(number))
            {
                unit = unit.For(fill.Time);
            }
        }

        to.Byte((byte)unit);
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var trade = ref trades[order[i]];
            var (slippage, entrySol) = _terms[i];
            var saleFactor = TradeFormulas.SaleFactor(slippage);
            var before = unit.Whole(trade.EntryTime);
            foreach (ref readonly var fill in trades.FillsOf(order[i]))
            {
                var time = unit.Whole(fill.Time);
                _fillPage[TradeColumns.OfFill.Time] = PackedWriter.Fold(time - before);
                before = time;

                var fraction = TradeFormulas.Nearest(fill.Quantity / trade.Quantity * TradeFormulas.FractionSteps);
                _fillPage[TradeColumns.OfFill.QuantityMiss] = TradeFormulas.Miss(fill.Quantity, TradeFormulas.Sold(fraction, trade.Quantity));
                _fillPage[TradeColumns.OfFill.PriceMiss] = PriceMiss(fill.Price, trade.EntryPrice, saleFactor, out var level);
                _fillPage[TradeColumns.OfFill.Kind] = (ulong)_kinds.PlaceOf(new(fill.Reason, fraction, level));

                var sol = TradeFormulas.DigitsOfSol(fill.Quantity * fill.Price / fill.ProceedsSol, _solDecimals, entrySol);
                _fillPage[TradeColumns.OfFill.SolUsd] = PackedWriter.Fold(sol - entrySol);
                _fillPage[TradeColumns.OfFill.ProceedsMiss] = TradeFormulas.Miss(
                    fill.ProceedsSol, TradeFormulas.Gross(fill.Quantity, fill.Price, TradeFormulas.SolUsd(sol, _solDecimals)));
                _fillPage.EndRow(to);
            }
        }

        _fillPage.Flush(to);
        to.Int32(_prices.Count);
        foreach (var price in _prices)
        {
            var (digits, decimals) = TradeFormulas.DigitsOf(price);
            _pricePage[TradeColumns.OfPrice.Decimals] = (ulong)decimals;
            _pricePage[TradeColumns.OfPrice.Digits] = (ulong)digits;
            _pricePage.EndRow(to);
        }

        _pricePage.Flush(to);
    }

    /// <summary>Of a level of the entry price if the fill met one, else of a price of the market, which is written apart.</summary>
    private ulong PriceMiss(double price, double entryPrice, double saleFactor, out long level)
    {
        const ulong roundings = 64;
        level = TradeFormulas.Nearest(price / saleFactor / entryPrice * TradeFormulas.LevelSteps);
        var miss = TradeFormulas.Miss(price, TradeFormulas.LevelPrice(entryPrice, level, saleFactor));
        if (miss <= roundings)
        {
            return miss;
        }

        level = TradeColumns.Market;
        var raw = price / saleFactor;
        _prices.Add(raw);
        var (digits, decimals) = TradeFormulas.DigitsOf(raw);
        return TradeFormulas.Miss(price, TradeFormulas.Price(digits, decimals) * saleFactor);
    }

    private void WriteTrades(DistinctTrades trades, ReadOnlySpan<int> order, ReadOnlySpan<Begins> begins, PackedWriter to)
    {
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var trade = ref trades[order[i]];
            var (last, proceeds) = (trade.EntryTime, 0.0);
            foreach (ref readonly var fill in trades.FillsOf(order[i]))
            {
                proceeds += fill.ProceedsSol;
                last = fill.Time;
            }

            _tradePage[TradeColumns.OfTrade.Begins] = (ulong)begins[i];
            _tradePage[TradeColumns.OfTrade.FillCount] = PackedWriter.Fold(trade.FillCount - 1);
            _tradePage[TradeColumns.OfTrade.ExitTime] = PackedWriter.Fold(trade.ExitTime - last);
            _tradePage[TradeColumns.OfTrade.FeesMiss] = TradeFormulas.Miss(trade.FeesSol, 0);
            _tradePage[TradeColumns.OfTrade.PnlMiss] = TradeFormulas.Miss(trade.PnlSol, proceeds - trade.SizeSol);
            _tradePage.EndRow(to);
        }

        _tradePage.Flush(to);
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
}
