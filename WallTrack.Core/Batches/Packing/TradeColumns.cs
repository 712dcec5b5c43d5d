using System.Runtime.CompilerServices;
using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>The columns of the tables in which a block keeps its distinct trades, and the units of their times.</summary>
/// <remarks>
/// Tables, each of which leaves out what the one before says: trades; entries, a row for each trade that begins one;
/// signals likewise; fills; prices of the fills that met no level; and what recurs often enough to be referred to.
/// </remarks>
internal static class TradeColumns
{
    internal static class OfTrade
    {
        internal const int Begins = 0; // Begins
        internal const int FillCount = 1; // from 1, folded
        internal const int ExitTime = 2; // ticks from the last fill, folded
        internal const int FeeBps = 3; // place
        internal const int NetworkFee = 4; // place
        internal const int FeesMiss = 5;
        internal const int PnlMiss = 6;
        internal const int Count = 7;
    }

    internal static class OfEntry
    {
        internal const int Time = 0; // units from the entry before, folded
        internal const int Score = 1; // steps
        internal const int ScoreMiss = 2;
        internal const int PriceDecimals = 3;
        internal const int PriceDigits = 4;
        internal const int PriceMiss = 5;
        internal const int Slippage = 6; // place
        internal const int EntryPriceMiss = 7;
        internal const int Size = 8; // place
        internal const int SolUsd = 9; // digits from the entry before, folded
        internal const int QuantityMiss = 10;
        internal const int Count = 11;
    }

    internal static class OfSignal
    {
        internal const int Token = 0; // 0 for a new one, else how many tokens are newer, from 1
        internal const int Wallet = 1; // place
        internal const int Count = 2;
    }

    internal static class OfFill
    {
        internal const int Kind = 0; // place
        internal const int Time = 1; // units from the fill or entry before, folded
        internal const int QuantityMiss = 2;
        internal const int PriceMiss = 3;
        internal const int SolUsd = 4; // digits from the entry, folded
        internal const int ProceedsMiss = 5;
        internal const int Count = 6;
    }

    internal static class OfPrice
    {
        internal const int Decimals = 0;
        internal const int Digits = 1;
        internal const int Count = 2;
    }

    internal static class OfKind
    {
        internal const int Reason = 0; // folded
        internal const int Fraction = 1; // steps, folded
        internal const int Level = 2; // steps, folded
        internal const int Count = 3;
    }
}

/// <summary>The coarsest unit in which all times of a table are whole.</summary>
internal enum TimeUnit : byte
{
    Minute,
    Second,
    Millisecond,
    Tick,
}

internal static class TimeUnits
{
    // Division by constants: by a variable it takes as long as the rest of a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Whole(this TimeUnit unit, long ticks) => unit switch
    {
        TimeUnit.Minute => ticks / TimeSpan.TicksPerMinute,
        TimeUnit.Second => ticks / TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => ticks / TimeSpan.TicksPerMillisecond,
        _ => ticks,
    };

    internal static long Ticks(this TimeUnit unit, long whole) => unit switch
    {
        TimeUnit.Minute => whole * TimeSpan.TicksPerMinute,
        TimeUnit.Second => whole * TimeSpan.TicksPerSecond,
        TimeUnit.Millisecond => whole * TimeSpan.TicksPerMillisecond,
        _ => whole,
    };

    /// <summary>The coarsest unit in which all the entry times are whole.</summary>
    internal static TimeUnit Of(ReadOnlySpan<Trade> trades)
    {
        var unit = TimeUnit.Minute;
        foreach (ref readonly var trade in trades)
            unit = unit.FineEnoughFor(trade.EntryTime);
        return unit;
    }

    /// <summary>The coarsest unit in which all the times are whole.</summary>
    internal static TimeUnit Of(ReadOnlySpan<Fill> fills)
    {
        var unit = TimeUnit.Minute;
        foreach (ref readonly var fill in fills)
            unit = unit.FineEnoughFor(fill.Time);
        return unit;
    }

    private static TimeUnit FineEnoughFor(this TimeUnit unit, long ticks)
    {
        while (unit.Ticks(unit.Whole(ticks)) != ticks)
            unit++;
        return unit;
    }
}
