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
/// A direct-mapped table of bounded size, one worker's own, with a row of sixteen places for a signal so that one
/// position's levels lie side by side. What is overwritten is searched for once more; a sweep in which no level recurs
/// pays a line of memory per search.
/// </remarks>
internal sealed class Crossings
{
    private const int RowBits = 4;
    internal const int MostRowsBits = 17;
    private const int MostLevels = ushort.MaxValue;
    private readonly Crossing[] _places;
    private readonly int _rows;
    private readonly Dictionary<Level, int> _numbers = [];

    internal Crossings(int signals)
    {
        _rows = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(signals, 1)), 1u << MostRowsBits);
        _places = new Crossing[_rows << RowBits];
    }

    /// <summary>Before so many levels are numbered: when they would be too many, numbering starts anew and all is forgotten.</summary>
    internal void MakeRoomFor(int levels)
    {
        if (_numbers.Count + levels > MostLevels)
        {
            _numbers.Clear();
            Array.Clear(_places);
        }
    }

    /// <summary>A number above 0 for a level, good until room is made.</summary>
    internal int NumberOf(Level level)
    {
        if (!_numbers.TryGetValue(level, out var number))
        {
            number = _numbers.Count + 1;
            _numbers.Add(level, number);
        }

        return number;
    }

    /// <summary>The place for what is known of a level and a signal; it may hold another pair's bar.</summary>
    internal ref Crossing this[int level, int signal] =>
        ref _places[((signal & (_rows - 1)) << RowBits) | (level & ((1 << RowBits) - 1))];
}

/// <summary>Eight bytes, so that a row is two cache lines.</summary>
/// <param name="Of">The level's number, and what of the signal its row does not say; 0 in a place that holds nothing.</param>
internal readonly record struct Crossing(int Of, int Bar)
{
    internal static int Pair(int level, int signal) => (signal >> Crossings.MostRowsBits << 16) | level;
}

/// <summary>The numbers of the levels that stand still from a position's entry on.</summary>
internal sealed class ExitLevels
{
    internal ExitLevels(ExitRules rules, Crossings crossings)
    {
        crossings.MakeRoomFor(rules.Exit.TakeProfits.Length + 2);
        int Number(bool rising, double factor) => crossings.NumberOf(new(rising, factor, rules.SlippageBps, rules.EntryDelaySeconds));
        Stop = Number(rising: false, 1 - rules.Exit.StopLoss);
        Activation = Number(rising: true, rules.Exit.TrailingActivation);
        TakeProfits = [.. rules.Exit.TakeProfits.Select(level => Number(rising: true, level.Multiplier))];
    }

    internal int Stop { get; }

    internal int Activation { get; }

    internal int[] TakeProfits { get; }
}
