namespace WallTrack.Simulation;

/// <summary>A price level as a multiple of the entry price, and all else that says at which bar a position meets it.</summary>
/// <param name="Rising">Met by a high at or above it; otherwise by a low at or below it.</param>
internal readonly record struct Level(bool Rising, double Factor, double SlippageBps, double EntryDelaySeconds);

/// <summary>
/// Remembers at which bar a signal's position first meets a level. Ladders, stops and activations recur from one exit
/// strategy to the next, and the search for them would otherwise wait for the same far memory again each time.
/// </summary>
/// <remarks>
/// A direct-mapped table of fixed size, one worker's own: an entry that is overwritten is searched for once more, and a
/// sweep in which no level recurs pays one line of memory per search.
/// </remarks>
internal sealed class Crossings
{
    private const int SlotBits = 20;
    private const int LatestId = ushort.MaxValue;
    private readonly Crossing[] _slots = new Crossing[1 << SlotBits];
    private readonly Dictionary<Level, int> _ids = [];

    /// <summary>A number above 0 for a level. After 65,000 levels numbering starts anew, and all is forgotten.</summary>
    internal int NumberOf(Level level)
    {
        if (!_ids.TryGetValue(level, out var id))
        {
            if (_ids.Count == LatestId)
            {
                _ids.Clear();
                Array.Clear(_slots);
            }

            id = _ids.Count + 1;
            _ids.Add(level, id);
        }

        return id;
    }

    /// <summary>The place for what is known of a level and a signal; it may hold another pair's bar.</summary>
    internal ref Crossing this[int level, int signal] =>
        ref _slots[(int)((((ulong)(uint)signal << 16) + (uint)level) * 0x9E3779B97F4A7C15 >> (64 - SlotBits))]; // Fibonacci hashing (Knuth, TAOCP 3, §6.4)
}

/// <param name="Level">0 in a place that holds nothing.</param>
internal readonly record struct Crossing(int Level, int Signal, int Bar);

/// <summary>The numbers of the levels that stand still from a position's entry on.</summary>
internal sealed class ExitLevels
{
    internal ExitLevels(ExitRules rules, Crossings crossings)
    {
        int Number(bool rising, double factor) => crossings.NumberOf(new(rising, factor, rules.SlippageBps, rules.EntryDelaySeconds));
        Stop = Number(rising: false, 1 - rules.Exit.StopLoss);
        Activation = Number(rising: true, rules.Exit.TrailingActivation);
        TakeProfits = [.. rules.Exit.TakeProfits.Select(level => Number(rising: true, level.Multiplier))];
    }

    internal int Stop { get; }

    internal int Activation { get; }

    internal int[] TakeProfits { get; }
}
