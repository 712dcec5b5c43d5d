using System.Collections.Immutable;
using System.Runtime.InteropServices;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>The distinct trades of a block, as <see cref="TradeTableWriter"/> wrote them; a trade is made when it is asked for.</summary>
internal sealed class TradeTable
{
    private readonly ulong[][] _trades;
    private readonly ulong[][] _entries;
    private readonly ulong[][] _fills;
    private readonly ulong[][] _prices;
    private readonly Guid[] _ids;
    private readonly string[] _tokenOf; // by signal
    private readonly string[] _walletOf;
    private readonly int[] _entryOf; // by trade
    private readonly int[] _signalOf; // by entry
    private readonly int[] _firstFill; // by trade
    private readonly int[] _priceOf; // by fill: place of its price, if it met no level
    private readonly long[] _entryTimes; // units
    private readonly long[] _entrySols; // digits
    private readonly TimeUnit _entryUnit;
    private readonly TimeUnit _fillUnit;
    private readonly int _solDecimals;
    private readonly long[] _slippages;
    private readonly long[] _sizes;
    private readonly FillKind[] _kinds;

    internal TradeTable(ReadOnlySpan<byte> tables)
    {
        var from = new PackedReader(tables);
        (_solDecimals, _entryUnit, _fillUnit) = (from.Byte(), (TimeUnit)from.Byte(), (TimeUnit)from.Byte());
        var signals = from.Table(TradeColumns.OfSignal.Count);
        _ids = MemoryMarshal.Cast<byte, Guid>(from.Bytes(checked(signals[0].Length * 16))).ToArray();
        _entries = from.Table(TradeColumns.OfEntry.Count);
        _fills = from.Table(TradeColumns.OfFill.Count);
        _prices = from.Table(TradeColumns.OfPrice.Count);
        _trades = from.Table(TradeColumns.OfTrade.Count);
        (_tokenOf, _walletOf) = Addresses(signals, AddressBook.Read(ref from), AddressBook.Read(ref from));
        _slippages = Array.ConvertAll(from.Table(1)[0], PackedReader.Unfold);
        _sizes = Array.ConvertAll(from.Table(1)[0], PackedReader.Unfold);
        _kinds = Kinds(from.Table(TradeColumns.OfKind.Count));

        (_entryTimes, _entrySols) = (Sums(_entries[TradeColumns.OfEntry.Time]), Sums(_entries[TradeColumns.OfEntry.SolUsd]));
        (_entryOf, _signalOf) = Owners();
        _firstFill = FirstFills();
        _priceOf = PricePlaces();
    }

    internal StoredTrade this[int place]
    {
        get
        {
            var entry = _entryOf[place];
            var signal = _signalOf[entry];
            var score = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.ScoreMiss][entry], (long)_entries[TradeColumns.OfEntry.Score][entry] / TradeFormulas.ScoreSteps);
            var rawPrice = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.PriceMiss][entry],
                TradeFormulas.Price((long)_entries[TradeColumns.OfEntry.PriceDigits][entry], (int)_entries[TradeColumns.OfEntry.PriceDecimals][entry]));
            var slippage = _slippages[_entries[TradeColumns.OfEntry.Slippage][entry]];
            var entryPrice = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.EntryPriceMiss][entry], rawPrice * TradeFormulas.EntryFactor(slippage));
            var sizeSol = BitConverter.Int64BitsToDouble(_sizes[_entries[TradeColumns.OfEntry.Size][entry]]);
            var quantity = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.QuantityMiss][entry],
                TradeFormulas.Quantity(sizeSol, TradeFormulas.SolUsd(_entrySols[entry], _solDecimals), entryPrice));

            var time = _entryUnit.Ticks(_entryTimes[entry]);
            var fills = new Fill[_firstFill[place + 1] - _firstFill[place]];
            var (last, proceeds) = (time, 0.0);
            for (var i = 0; i < fills.Length; i++)
            {
                fills[i] = FillAt(_firstFill[place] + i, entry, last, quantity, entryPrice, slippage);
                proceeds += fills[i].ProceedsSol;
                last = fills[i].Time;
            }

            return new(
                _ids[signal], _tokenOf[signal], _walletOf[signal], score, new(time, DateTimeKind.Utc), rawPrice, entryPrice, sizeSol, quantity,
                new(last + PackedReader.Unfold(_trades[TradeColumns.OfTrade.ExitTime][place]), DateTimeKind.Utc),
                TradeFormulas.Hit(_trades[TradeColumns.OfTrade.PnlMiss][place], proceeds - sizeSol),
                TradeFormulas.Hit(_trades[TradeColumns.OfTrade.FeesMiss][place], 0),
                ImmutableCollectionsMarshal.AsImmutableArray(fills));
        }
    }

    private Fill FillAt(int fill, int entry, long before, double quantity, double entryPrice, long slippage)
    {
        var kind = _kinds[_fills[TradeColumns.OfFill.Kind][fill]];
        var sold = TradeFormulas.Hit(_fills[TradeColumns.OfFill.QuantityMiss][fill], TradeFormulas.Fraction(kind.Fraction) * quantity);
        var perfect = kind.Level == FillKind.Market
            ? TradeFormulas.Price((long)_prices[TradeColumns.OfPrice.Digits][_priceOf[fill]], (int)_prices[TradeColumns.OfPrice.Decimals][_priceOf[fill]])
            : entryPrice * TradeFormulas.Level(kind.Level);
        var price = TradeFormulas.Hit(_fills[TradeColumns.OfFill.PriceMiss][fill], perfect * TradeFormulas.SaleFactor(slippage));
        var sol = _entrySols[entry] + PackedReader.Unfold(_fills[TradeColumns.OfFill.SolUsd][fill]);
        return new(
            _fillUnit.Ticks(_fillUnit.Whole(before) + PackedReader.Unfold(_fills[TradeColumns.OfFill.Time][fill])), kind.Reason, sold, price,
            TradeFormulas.Hit(_fills[TradeColumns.OfFill.ProceedsMiss][fill], TradeFormulas.Gross(sold, price, TradeFormulas.SolUsd(sol, _solDecimals))));
    }

    private static (string[] Tokens, string[] Wallets) Addresses(ulong[][] places, string[] tokens, string[] wallets)
    {
        var (tokenOf, walletOf, known) = (new string[places[0].Length], new string[places[0].Length], 0);
        for (var signal = 0; signal < tokenOf.Length; signal++)
        {
            var newer = (int)places[TradeColumns.OfSignal.Token][signal];
            tokenOf[signal] = tokens[known - newer];
            known += newer == 0 ? 1 : 0;
            walletOf[signal] = wallets[places[TradeColumns.OfSignal.Wallet][signal]];
        }

        return (tokenOf, walletOf);
    }

    private static FillKind[] Kinds(ulong[][] columns)
    {
        var kinds = new FillKind[columns[0].Length];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = new(
                (ExitReason)PackedReader.Unfold(columns[TradeColumns.OfKind.Reason][i]),
                PackedReader.Unfold(columns[TradeColumns.OfKind.Fraction][i]),
                PackedReader.Unfold(columns[TradeColumns.OfKind.Level][i]));
        }

        return kinds;
    }

    private static long[] Sums(ulong[] steps)
    {
        var (sums, sum) = (new long[steps.Length], 0L);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += PackedReader.Unfold(steps[i]);
        }

        return sums;
    }

    private (int[] EntryOf, int[] SignalOf) Owners()
    {
        var begins = _trades[TradeColumns.OfTrade.Begins];
        var (entryOf, signalOf, entry, signal) = (new int[begins.Length], new int[_entries[0].Length], -1, -1);
        for (var trade = 0; trade < begins.Length; trade++)
        {
            signal += (Begins)begins[trade] == Begins.Signal ? 1 : 0;
            if ((Begins)begins[trade] != Begins.Nothing)
            {
                signalOf[++entry] = signal;
            }

            entryOf[trade] = entry;
        }

        return (entryOf, signalOf);
    }

    private int[] FirstFills()
    {
        var counts = _trades[TradeColumns.OfTrade.FillCount];
        var first = new int[counts.Length + 1];
        for (var trade = 0; trade < counts.Length; trade++)
        {
            first[trade + 1] = checked(first[trade] + (int)PackedReader.Unfold(counts[trade]) + 1);
        }

        return first;
    }

    private int[] PricePlaces()
    {
        var kinds = _fills[TradeColumns.OfFill.Kind];
        var (places, count) = (new int[kinds.Length], 0);
        for (var fill = 0; fill < places.Length; fill++)
        {
            places[fill] = count;
            count += _kinds[kinds[fill]].Level == FillKind.Market ? 1 : 0;
        }

        return places;
    }
}
