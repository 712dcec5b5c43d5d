using System.Numerics;

namespace WallTrack.Simulation;

/// <summary>A price level as a multiple of the entry price, and all else that says at which bar a position meets it.</summary>
/// <param name="Rising">Met by a high at or above it; otherwise by a low at or below it.</param>
internal readonly record struct Level(bool Rising, double Factor, double SlippageBps, double EntryDelaySeconds);

/// <summary>
/// Remembers at which bar a signal's position first meets a level. Ladders, stops and activations recur from one exit
/// strategy to the next, and the search for them would otherwise wait for the same far memory again each time.
/// </summary>
/// <remarks>
/// A direct-mapped table of bounded size, with a row of sixteen places (two cache lines) for a signal so that one
/// position's levels lie side by side. What is overwritten is searched for once more; a sweep in which no level recurs
/// pays a line of memory per search. Workers share it without a lock: a place is one 64-bit word that holds both what it
/// is about and the bar, and two workers that search for the same find the same.
/// </remarks>
internal sealed class Crossings
{
    internal const int MostLevels = ushort.MaxValue;
    private const int RowBits = 4;
    private const int MostRowsBits = 17;
    private readonly long[] _places;
    private readonly int _rows;
    private readonly Dictionary<Level, int> _numbers = [];

    internal Crossings(int signals)
    {
        _rows = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(signals, 1)), 1u << MostRowsBits);
        _places = new long[_rows << RowBits];
    }

    internal int LevelCount => _numbers.Count;

    /// <summary>A number above 0 for a level. One thread at a time.</summary>
    internal int NumberOf(Level level)
    {
        if (!_numbers.TryGetValue(level, out var number))
        {
            number = _numbers.Count + 1;
            _numbers.Add(level, number);
        }

        return number;
    }

    /// <summary>The bar that is remembered for a level and a signal, if it still is.</summary>
    internal bool Knows(int level, int signal, out int bar)
    {
        var word = Volatile.Read(ref _places[Place(level, signal)]);
        bar = (int)word;
        return (int)(word >> 32) == About(level, signal);
    }

    internal void Remember(int level, int signal, int bar) =>
        Volatile.Write(ref _places[Place(level, signal)], ((long)About(level, signal) << 32) | (uint)bar);

    /// <summary>The level's number, and what of the signal its row does not say; never 0, which a place holds at first.</summary>
    private static int About(int level, int signal) => (signal >> MostRowsBits << 16) | level;

    private int Place(int level, int signal) => ((signal & (_rows - 1)) << RowBits) | (level & ((1 << RowBits) - 1));
}

/// <summary>The numbers of the levels that stand still from a position's entry on, and where their crossings are remembered.</summary>
internal sealed class ExitLevels
{
    internal ExitLevels(ExitRules rules, Crossings crossings)
    {
        int Number(bool rising, double factor) => crossings.NumberOf(new(rising, factor, rules.SlippageBps, rules.EntryDelaySeconds));
        Crossings = crossings;
        Stop = Number(rising: false, 1 - rules.Exit.StopLoss);
        Activation = Number(rising: true, rules.Exit.TrailingActivation);
        TakeProfits = [.. rules.Exit.TakeProfits.Select(level => Number(rising: true, level.Multiplier))];
    }

    internal static int CountOf(ExitRules rules) => rules.Exit.TakeProfits.Length + 2;

    internal Crossings Crossings { get; }

    internal int Stop { get; }

    internal int Activation { get; }

    internal int[] TakeProfits { get; }
}
