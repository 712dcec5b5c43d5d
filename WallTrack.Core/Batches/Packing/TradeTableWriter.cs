using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>Writes the distinct trades of a block: see <see cref="TradeColumns"/> and <see cref="TradeFormulas"/>.</summary>
internal sealed class TradeTableWriter
{
    private readonly SignalColumns _window;
    private readonly int _solDecimals;
    private readonly AddressBook _tokens;
    private readonly AddressBook _wallets;
    private readonly EntryColumns _entries;
    private readonly FillColumns _fills;
    private readonly TableWriter _signals = new(TradeColumns.OfSignal.Count);
    private readonly TableWriter _trades = new(TradeColumns.OfTrade.Count);
    private readonly DistinctNumbers _feeBps = new();
    private readonly DistinctNumbers _networkFees = new();
    private FeeSchedule _fees; // of the latest trade

    internal TradeTableWriter(HistoryWindow window)
    {
        _window = window.Signals;
        _solDecimals = SolDecimals(window.Sol);
        (_tokens, _wallets) = (new(_window.TokenAddresses), new(_window.WalletAddresses));
        (_entries, _fills) = (new(_solDecimals), new(_solDecimals));
    }

    internal void Write(DistinctTrades distinct, ReadOnlySpan<SortedTrade> sorted, PackedWriter to)
    {
        Clear();
        var trades = distinct.Trades;
        var fills = distinct.Fills;
        var (entryUnit, fillUnit) = (TimeUnits.Of(trades), TimeUnits.Of(fills));
        foreach (var (number, begins) in sorted)
        {
            ref readonly var trade = ref trades[number];
            if (begins != Begins.Nothing)
            {
                _entries.Add(in trade, entryUnit);
            }

            Add(in trade, begins, fills.Slice(trade.FirstFill, trade.FillCount), fillUnit);
        }

        to.Byte((byte)_solDecimals);
        to.Byte((byte)entryUnit);
        to.Byte((byte)fillUnit);
        WriteSignals(trades, sorted, to);
        _tokens.WriteTo(to);
        _wallets.WriteTo(to);
        _entries.WriteTo(to);
        _fills.WriteTo(to);
        _trades.WriteTo(to);
        _feeBps.WriteTo(to);
        _networkFees.WriteTo(to);
    }

    private void Clear()
    {
        _tokens.Clear();
        _wallets.Clear();
        _entries.Clear();
        _fills.Clear();
        _signals.Clear();
        _trades.Clear();
        _feeBps.Clear();
        _networkFees.Clear();
        _fees = default;
    }

    private void Add(in Trade trade, Begins begins, ReadOnlySpan<Fill> fills, TimeUnit unit)
    {
        var proceeds = 0.0;
        foreach (ref readonly var fill in fills)
        {
            proceeds += fill.ProceedsSol;
        }

        _fees = _fees.For(in trade, proceeds);
        var entryFees = _fees.Of(trade.SizeSol);
        var (paid, last, lastWhole) = (entryFees, trade.EntryTime, unit.Whole(trade.EntryTime));
        for (var i = 0; i < fills.Length; i++)
        {
            var whole = unit.Whole(fills[i].Time);
            paid += _fills.Add(in trade, in fills[i], i, whole - lastWhole, _entries, _fees);
            (last, lastWhole) = (fills[i].Time, whole);
        }

        var row = _trades.Row();
        row[TradeColumns.OfTrade.Begins] = (ulong)begins;
        row[TradeColumns.OfTrade.FillCount] = PackedWriter.Fold(fills.Length - 1);
        row[TradeColumns.OfTrade.ExitTime] = PackedWriter.Fold(trade.ExitTime - last);
        row[TradeColumns.OfTrade.FeeBps] = (ulong)_feeBps.PlaceOf(_fees.Bps);
        row[TradeColumns.OfTrade.NetworkFee] = (ulong)_networkFees.PlaceOf(_fees.Network);
        row[TradeColumns.OfTrade.FeesMiss] = TradeFormulas.Miss(trade.FeesSol, paid);
        row[TradeColumns.OfTrade.PnlMiss] = TradeFormulas.Miss(trade.PnlSol, proceeds - trade.SizeSol - entryFees);
    }

    private void WriteSignals(ReadOnlySpan<Trade> trades, ReadOnlySpan<SortedTrade> sorted, PackedWriter to)
    {
        var tokens = _window.Tokens;
        var wallets = _window.Wallets;
        var ids = _window.Ids;
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

    /// <summary>In how many decimals SOL prices are written, at most nine; a guess from a few of them.</summary>
    private static int SolDecimals(SolPrice sol)
    {
        const int most = 9;
        const int samples = 64;
        var (decimals, bars) = (0, sol.Bars);
        for (var i = 0; i < samples; i++)
        {
            var price = bars is null ? sol.At(0) : bars.Count == 0 ? 0 : bars.Closes[(int)((long)bars.Count * i / samples)];
            while (decimals < most && TradeFormulas.Decimal(TradeFormulas.DigitsOf(price, decimals, 0), decimals) != price)
            {
                decimals++;
            }
        }

        return decimals;
    }
}
