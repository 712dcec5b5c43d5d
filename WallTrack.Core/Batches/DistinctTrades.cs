using System.Numerics;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>
/// The trades of a block, each kept once however many scenarios made it, and their entries likewise: one entry may end
/// in as many ways as there are exit rules. Equal means equal in every bit. Nothing is allocated per trade.
/// </summary>
/// <param name="signals">How many the window has.</param>
internal sealed class DistinctTrades(int signals)
{
    private readonly NumberTable _tradeNumbers = new();
    private readonly NumberTable _entryNumbers = new();
    private readonly int[] _lastEntry = new int[signals]; // by signal: number + 1
    private readonly ulong[] _traded = new ulong[(signals + 63) / 64]; // a bit a signal

    private Trade[] _trades = new Trade[256];
    private int[] _tradeBefore = new int[256]; // with the same entry: number + 1
    private Fill[] _fills = new Fill[256];
    private Entry[] _entries = new Entry[256];

    internal int Count => _tradeNumbers.Count;

    internal int EntryCount => _entryNumbers.Count;

    internal int SignalCount { get; private set; }

    internal int FillCount { get; private set; }

    /// <summary>By number; <see cref="Trade.FirstFill"/> is a place among these fills.</summary>
    internal ref readonly Trade this[int number] => ref _trades[number];

    internal ReadOnlySpan<Fill> FillsOf(int number) => _fills.AsSpan(_trades[number].FirstFill, _trades[number].FillCount);

    internal void Clear()
    {
        for (var word = 0; word < _traded.Length; word++)
        {
            for (; _traded[word] != 0; _traded[word] &= _traded[word] - 1)
            {
                _lastEntry[(word * 64) + BitOperations.TrailingZeroCount(_traded[word])] = 0;
            }
        }

        _tradeNumbers.Clear();
        _entryNumbers.Clear();
        (SignalCount, FillCount) = (0, 0);
    }

    /// <summary>The number of a trade, from 0 in order of first sight.</summary>
    internal int NumberOf(in Trade trade, ReadOnlySpan<Fill> fills)
    {
        var hash = NumberTable.Hash(trade.Signal, Bits(trade.PnlSol) ^ trade.ExitTime);
        var slot = _tradeNumbers.Start(hash);
        int number;
        while ((number = _tradeNumbers.Next(hash, ref slot)) != NumberTable.None)
        {
            ref readonly var known = ref _trades[number];
            if (IsSameEntry(in known, in trade) && IsSameExit(in known, in trade) && IsSame(FillsOf(number), fills))
            {
                return number;
            }
        }

        number = _tradeNumbers.Add(hash, slot);
        Keep(number, in trade, fills);
        return number;
    }

    /// <summary>
    /// All trades by signal, those of a signal by entry: writes their numbers in that order, and for each whether it
    /// begins an entry or even a signal.
    /// </summary>
    internal void Sort(Span<int> numbers, Span<Begins> begins)
    {
        var at = 0;
        for (var word = 0; word < _traded.Length; word++)
        {
            for (var bits = _traded[word]; bits != 0; bits &= bits - 1)
            {
                var begun = Begins.Signal;
                for (var entry = _lastEntry[(word * 64) + BitOperations.TrailingZeroCount(bits)]; entry != 0; entry = _entries[entry - 1].Before)
                {
                    for (var trade = _entries[entry - 1].LastTrade; trade != 0; trade = _tradeBefore[trade - 1])
                    {
                        (numbers[at], begins[at++]) = (trade - 1, begun);
                        begun = Begins.Nothing;
                    }

                    begun = Begins.Entry;
                }
            }
        }
    }

    private void Keep(int number, in Trade trade, ReadOnlySpan<Fill> fills)
    {
        Reach(ref _trades, number);
        Reach(ref _tradeBefore, number);
        Reach(ref _fills, FillCount + fills.Length);
        _trades[number] = trade with { FirstFill = FillCount, FillCount = fills.Length };
        fills.CopyTo(_fills.AsSpan(FillCount));
        FillCount += fills.Length;

        var entry = EntryOf(in trade);
        _tradeBefore[number] = _entries[entry].LastTrade;
        _entries[entry].LastTrade = number + 1;
    }

    private int EntryOf(in Trade begun)
    {
        var hash = NumberTable.Hash(begun.Signal, Bits(begun.Quantity) ^ Bits(begun.Score));
        var slot = _entryNumbers.Start(hash);
        int number;
        while ((number = _entryNumbers.Next(hash, ref slot)) != NumberTable.None)
        {
            if (IsSameEntry(in _trades[_entries[number].LastTrade - 1], in begun))
            {
                return number;
            }
        }

        number = _entryNumbers.Add(hash, slot);
        Reach(ref _entries, number);
        ref var last = ref _lastEntry[begun.Signal];
        if (last == 0)
        {
            _traded[begun.Signal / 64] |= 1UL << (begun.Signal % 64);
            SignalCount++;
        }

        _entries[number] = new(0, last);
        last = number + 1;
        return number;
    }

    private static bool IsSameEntry(in Trade a, in Trade b) =>
        ((uint)(a.Signal ^ b.Signal) | (a.EntryTime ^ b.EntryTime) | (Bits(a.Score) ^ Bits(b.Score)) | (Bits(a.RawPrice) ^ Bits(b.RawPrice))
            | (Bits(a.EntryPrice) ^ Bits(b.EntryPrice)) | (Bits(a.SizeSol) ^ Bits(b.SizeSol)) | (Bits(a.Quantity) ^ Bits(b.Quantity))) == 0;

    private static bool IsSameExit(in Trade a, in Trade b) =>
        ((a.ExitTime ^ b.ExitTime) | (Bits(a.FeesSol) ^ Bits(b.FeesSol)) | (Bits(a.PnlSol) ^ Bits(b.PnlSol))) == 0;

    private static bool IsSame(ReadOnlySpan<Fill> a, ReadOnlySpan<Fill> b)
    {
        var difference = (long)(a.Length ^ b.Length);
        for (var i = 0; difference == 0 && i < a.Length; i++)
        {
            difference = (a[i].Time ^ b[i].Time) | (uint)((int)a[i].Reason ^ (int)b[i].Reason) | (Bits(a[i].Quantity) ^ Bits(b[i].Quantity))
                | (Bits(a[i].Price) ^ Bits(b[i].Price)) | (Bits(a[i].ProceedsSol) ^ Bits(b[i].ProceedsSol));
        }

        return difference == 0;
    }

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static void Reach<T>(ref T[] lines, int place)
    {
        if (place >= lines.Length)
        {
            Array.Resize(ref lines, Math.Max(lines.Length * 2, place + 1));
        }
    }

    /// <param name="LastTrade">The latest trade that began with it: number + 1.</param>
    /// <param name="Before">The entry before of the same signal: number + 1.</param>
    private record struct Entry(int LastTrade, int Before);
}

/// <summary>What of a trade is not that of the trade before it.</summary>
internal enum Begins : byte
{
    Signal,
    Entry,
    Nothing,
}
