using System.Collections.Immutable;
using System.Runtime.InteropServices;
using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

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
    private readonly long[] _feeBps;
    private readonly long[] _networkFees;

    internal TradeTable(ReadOnlySpan<byte> tables)
    {
        var from = new PackedReader(tables);
        (_solDecimals, _entryUnit, _fillUnit) = (from.Byte(), (TimeUnit)from.Byte(), (TimeUnit)from.Byte());
        var signals = from.Table(TradeColumns.OfSignal.Count);
        _ids = MemoryMarshal.Cast<byte, Guid>(from.Bytes(checked(signals[0].Length * 16))).ToArray();
        (_tokenOf, _walletOf) = Addresses(signals, AddressBook.Read(ref from), AddressBook.Read(ref from));
        _entries = from.Table(TradeColumns.OfEntry.Count);
        (_slippages, _sizes) = (from.SignedColumn(), from.SignedColumn());
        _fills = from.Table(TradeColumns.OfFill.Count);
        _prices = from.Table(TradeColumns.OfPrice.Count);
        _kinds = Kinds(from.Table(TradeColumns.OfKind.Count));
        _trades = from.Table(TradeColumns.OfTrade.Count);
        (_feeBps, _networkFees) = (from.SignedColumn(), from.SignedColumn());

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
            var (signal, slippage) = (_signalOf[entry], _slippages[_entries[TradeColumns.OfEntry.Slippage][entry]]);
            var score = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.ScoreMiss][entry], (long)_entries[TradeColumns.OfEntry.Score][entry] / TradeFormulas.ScoreSteps);
            var rawPrice = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.PriceMiss][entry],
                TradeFormulas.Decimal((long)_entries[TradeColumns.OfEntry.PriceDigits][entry], (int)_entries[TradeColumns.OfEntry.PriceDecimals][entry]));
            var entryPrice = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.EntryPriceMiss][entry], rawPrice * TradeFormulas.EntryFactor(slippage));
            var sizeSol = BitConverter.Int64BitsToDouble(_sizes[_entries[TradeColumns.OfEntry.Size][entry]]);
            var quantity = TradeFormulas.Hit(_entries[TradeColumns.OfEntry.QuantityMiss][entry],
                TradeFormulas.Quantity(sizeSol, TradeFormulas.Decimal(_entrySols[entry], _solDecimals), entryPrice));

            var schedule = new FeeSchedule(_feeBps[_trades[TradeColumns.OfTrade.FeeBps][place]], _networkFees[_trades[TradeColumns.OfTrade.NetworkFee][place]]);
            var entryFees = schedule.Of(sizeSol);
            var fills = new Fill[_firstFill[place + 1] - _firstFill[place]];
            var (time, proceeds, paid) = (_entryUnit.Ticks(_entryTimes[entry]), 0.0, entryFees);
            var last = time;
            for (var i = 0; i < fills.Length; i++)
            {
                fills[i] = FillAt(_firstFill[place] + i, entry, last, quantity, entryPrice, TradeFormulas.SaleFactor(slippage), schedule, out var fee);
                (last, proceeds, paid) = (fills[i].Time, proceeds + fills[i].ProceedsSol, paid + fee);
            }

            return new(
                _ids[signal], _tokenOf[signal], _walletOf[signal], score, new(time, DateTimeKind.Utc), rawPrice, entryPrice, sizeSol, quantity,
                new(last + PackedReader.Unfold(_trades[TradeColumns.OfTrade.ExitTime][place]), DateTimeKind.Utc),
                TradeFormulas.Hit(_trades[TradeColumns.OfTrade.PnlMiss][place], proceeds - sizeSol - entryFees),
                TradeFormulas.Hit(_trades[TradeColumns.OfTrade.FeesMiss][place], paid),
                ImmutableCollectionsMarshal.AsImmutableArray(fills));
        }
    }

    private Fill FillAt(int fill, int entry, long before, double quantity, double entryPrice, double saleFactor, FeeSchedule fees, out double fee)
    {
        var kind = _kinds[_fills[TradeColumns.OfFill.Kind][fill]];
        var sold = TradeFormulas.Hit(_fills[TradeColumns.OfFill.QuantityMiss][fill], TradeFormulas.Fraction(kind.Fraction) * quantity);
        var beforeSlippage = kind.Level == FillKind.Market
            ? TradeFormulas.Decimal((long)_prices[TradeColumns.OfPrice.Digits][_priceOf[fill]], (int)_prices[TradeColumns.OfPrice.Decimals][_priceOf[fill]])
            : entryPrice * TradeFormulas.Level(kind.Level);
        var price = TradeFormulas.Hit(_fills[TradeColumns.OfFill.PriceMiss][fill], beforeSlippage * saleFactor);
        var sol = _entrySols[entry] + PackedReader.Unfold(_fills[TradeColumns.OfFill.SolUsd][fill]);
        var gross = sold * price / TradeFormulas.Decimal(sol, _solDecimals);
        fee = fees.Of(gross);
        return new(
            _fillUnit.Ticks(_fillUnit.Whole(before) + PackedReader.Unfold(_fills[TradeColumns.OfFill.Time][fill])), kind.Reason, sold, price,
            TradeFormulas.Hit(_fills[TradeColumns.OfFill.ProceedsMiss][fill], gross - fee));
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
