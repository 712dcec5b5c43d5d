using System.Numerics;
using System.Runtime.CompilerServices;
using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>
/// The trades of a block, each kept once however many scenarios made it. Equal means equal in every bit. Nothing is
/// allocated per trade.
/// </summary>
/// <remarks>
/// Between two replays the simulator sweeps these tables out of the caches. So a replay's trades are looked up in steps
/// of few instructions, each step for all of them: then the processor waits for many lines of memory at once, not for
/// one after another.
/// </remarks>
/// <param name="signals">How many the window has.</param>
internal sealed class DistinctTrades(int signals)
{
    private const int FewestSlotBits = 10;

    // By number. Numbers are from 0 in order of first sight; where there may be none, number + 1 is kept.
    private Trade[] _trades = new Trade[1];
    private int[] _tradeBefore = new int[1]; // of the same signal
    private Fill[] _fills = new Fill[1];
    private int _fillCount;

    private readonly int[] _lastTrade = new int[signals]; // by signal

    // Open addressing, at most half full; a slot holds the hash of a trade and its number + 1.
    private ulong[] _slots = new ulong[1 << FewestSlotBits];
    private int _slotBits = FewestSlotBits;

    private readonly ulong[] _traded = new ulong[(signals + 63) / 64]; // a bit a signal
    private ulong[] _keys = [];
    private SortedTrade[] _sorted = [];

    // Of the replay at hand.
    private uint[] _hashes = [];
    private long[] _differences = [];

    internal int Count { get; private set; }

    /// <summary>By number; <see cref="Trade.FirstFill"/> is its place in <see cref="Fills"/>.</summary>
    internal ReadOnlySpan<Trade> Trades => _trades.AsSpan(0, Count);

    internal ReadOnlySpan<Fill> Fills => _fills.AsSpan(0, _fillCount);

    internal void Clear()
    {
        foreach (ref readonly var trade in Trades)
        {
            _lastTrade[trade.Signal] = 0;
        }

        Array.Clear(_slots);
        (Count, _fillCount) = (0, 0);
    }

    /// <summary>Writes the number of each trade of a replay.</summary>
    internal void NumbersOf(TradeLog log, Span<int> numbers)
    {
        var trades = log.Trades.AsSpan();
        var fills = log.Fills.AsSpan();
        numbers = numbers[..trades.Length];
        MakeRoom(trades.Length, fills.Length);
        var hashes = _hashes.AsSpan(0, trades.Length);
        var differences = _differences.AsSpan(0, trades.Length);
        LookUp(trades, hashes, numbers, differences);
        Compare(trades, numbers, differences);
        for (var i = 0; i < trades.Length; i++)
        {
            ref readonly var trade = ref trades[i];
            var itsFills = fills.Slice(trade.FirstFill, trade.FillCount);
            if (differences[i] != 0 || !IsSame(FillsOf(numbers[i]), itsFills))
            {
                numbers[i] = Find(hashes[i], in trade, itsFills);
            }
        }
    }

    /// <summary>Writes the hash of each trade, the number that the first slot for it holds, and whether that has another hash.</summary>
    private void LookUp(ReadOnlySpan<Trade> trades, Span<uint> hashes, Span<int> numbers, Span<long> differences)
    {
        var (slots, shift) = (_slots, 32 - _slotBits);
        for (var i = 0; i < trades.Length; i++)
        {
            var hash = Hash(in trades[i]);
            var word = slots[hash >> shift];
            hashes[i] = hash;
            differences[i] = (uint)(word >> 32) ^ hash;
            numbers[i] = Math.Max((int)(uint)word - 1, 0);
        }
    }

    private void Compare(ReadOnlySpan<Trade> trades, ReadOnlySpan<int> numbers, Span<long> differences)
    {
        var known = _trades.AsSpan();
        for (var i = 0; i < trades.Length; i++)
        {
            differences[i] |= Difference(in known[numbers[i]], in trades[i]);
        }
    }

    /// <summary>All trades by signal, those of a signal by entry. It holds until the next trade comes.</summary>
    internal ReadOnlySpan<SortedTrade> Sort()
    {
        Reach(ref _sorted, Count);
        Reach(ref _keys, Count);

        // Ascending without comparing: a bit for each signal that has trades.
        Array.Clear(_traded);
        foreach (ref readonly var trade in Trades)
        {
            _traded[trade.Signal / 64] |= 1UL << trade.Signal;
        }

        var count = 0;
        for (var word = 0; word < _traded.Length; word++)
        {
            for (var bits = _traded[word]; bits != 0; bits &= bits - 1)
            {
                var last = _lastTrade[(word * 64) + BitOperations.TrailingZeroCount(bits)] - 1;
                _sorted[count] = new(last, Begins.Signal);
                count += _tradeBefore[last] == 0 ? 1 : SortByEntry(last, _sorted.AsSpan(count));
            }
        }

        return _sorted.AsSpan(0, Count);
    }

    private int SortByEntry(int last, Span<SortedTrade> sorted)
    {
        var count = 0;
        for (var number = last + 1; number != 0; number = _tradeBefore[number - 1])
        {
            ref readonly var trade = ref _trades[number - 1];
            _keys[count++] = ((ulong)Mix(Bits(trade.Quantity) ^ (Bits(trade.Score) << 1)) << 32) | (uint)(number - 1);
        }

        _keys.AsSpan(0, count).Sort();
        for (var i = 0; i < count; i++)
        {
            var number = (int)(uint)_keys[i];
            sorted[i] = new(number, i == 0 ? Begins.Signal : IsSameEntry(in _trades[sorted[i - 1].Number], in _trades[number]) ? Begins.Nothing : Begins.Entry);
        }

        return count;
    }

    /// <summary>The number of a trade whose first slot holds another one, or nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Find(uint hash, in Trade trade, ReadOnlySpan<Fill> fills)
    {
        var slot = SlotOf(hash);
        for (; _slots[slot] is var word && word != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = (int)(uint)word - 1;
            if ((uint)(word >> 32) == hash && Difference(in _trades[number], in trade) == 0 && IsSame(FillsOf(number), fills))
            {
                return number;
            }
        }

        _slots[slot] = ((ulong)hash << 32) | (uint)(Count + 1);
        return Append(in trade, fills);
    }

    private int Append(in Trade trade, ReadOnlySpan<Fill> fills)
    {
        _trades[Count] = trade with { FirstFill = _fillCount };
        fills.CopyTo(_fills.AsSpan(_fillCount));
        _fillCount += fills.Length;
        (_tradeBefore[Count], _lastTrade[trade.Signal]) = (_lastTrade[trade.Signal], Count + 1);
        return Count++;
    }

    /// <summary>Makes room for a replay all of whose trades are new.</summary>
    private void MakeRoom(int trades, int fills)
    {
        Reach(ref _hashes, trades);
        Reach(ref _differences, trades);
        Reach(ref _trades, Count + trades);
        Reach(ref _tradeBefore, Count + trades);
        Reach(ref _fills, _fillCount + fills);
        if ((Count + trades) * 2 <= _slots.Length)
        {
            return;
        }

        _slotBits = BitOperations.Log2((uint)(Count + trades) * 2) + 1;
        _slots = new ulong[1 << _slotBits];
        for (var number = 0; number < Count; number++)
        {
            var hash = Hash(in _trades[number]);
            var slot = SlotOf(hash);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = ((ulong)hash << 32) | (uint)(number + 1);
        }
    }

    private static uint Hash(in Trade trade) => Mix(Bits(trade.PnlSol) ^ trade.ExitTime ^ ((long)trade.Signal << 20));

    private static uint Mix(long bits)
    {
        var mixed = (ulong)bits * 0x9E3779B97F4A7C15;
        return (uint)((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 >> 32);
    }

    private int SlotOf(uint hash) => (int)(hash >> (32 - _slotBits));

    private ReadOnlySpan<Fill> FillsOf(int number) => _fills.AsSpan(_trades[number].FirstFill, _trades[number].FillCount);

    private static bool IsSameEntry(in Trade a, in Trade b) => EntryDifference(in a, in b) == 0;

    /// <summary>0 for trades that are the same in every bit, but for their fills. Without a branch that could be guessed wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Difference(in Trade a, in Trade b) =>
        EntryDifference(in a, in b) | (a.ExitTime ^ b.ExitTime) | (Bits(a.FeesSol) ^ Bits(b.FeesSol)) | (Bits(a.PnlSol) ^ Bits(b.PnlSol)) | (uint)(a.FillCount ^ b.FillCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long EntryDifference(in Trade a, in Trade b) =>
        (uint)(a.Signal ^ b.Signal) | (a.EntryTime ^ b.EntryTime) | (Bits(a.Score) ^ Bits(b.Score)) | (Bits(a.RawPrice) ^ Bits(b.RawPrice))
            | (Bits(a.EntryPrice) ^ Bits(b.EntryPrice)) | (Bits(a.SizeSol) ^ Bits(b.SizeSol)) | (Bits(a.Quantity) ^ Bits(b.Quantity));

    private static bool IsSame(ReadOnlySpan<Fill> a, ReadOnlySpan<Fill> b)
    {
        var difference = 0L;
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            difference |= (a[i].Time ^ b[i].Time) | (uint)((int)a[i].Reason ^ (int)b[i].Reason) | (Bits(a[i].Quantity) ^ Bits(b[i].Quantity))
                | (Bits(a[i].Price) ^ Bits(b[i].Price)) | (Bits(a[i].ProceedsSol) ^ Bits(b[i].ProceedsSol));
        }

        return difference == 0;
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static void Reach<T>(ref T[] lines, int count)
    {
        if (count >= lines.Length)
        {
            Array.Resize(ref lines, Math.Max(lines.Length * 2, count + 1));
        }
    }
}

/// <summary>What of a trade is not that of the trade before it.</summary>
internal enum Begins
{
    Signal,
    Entry,
    Nothing,
}

internal readonly record struct SortedTrade(int Number, Begins Begins);
