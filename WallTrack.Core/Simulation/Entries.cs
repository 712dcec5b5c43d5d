using System.Runtime.CompilerServices;
using WallTrack.History;

namespace WallTrack.Simulation;

/// <summary>Where a signal is entered: the same for every scenario with one entry delay.</summary>
/// <param name="Time">UTC ticks.</param>
/// <param name="SolUsd">USD per SOL at that time, NaN where unknown.</param>
/// <param name="FirstBar">The first bar that can touch the position; −1 when there is no price.</param>
/// <param name="DecisionPoint">First point of the equity curve at or after the signal.</param>
/// <param name="EntryPoint">First point at or after the entry.</param>
/// <param name="MarkedPoint">First point at which a bar that closed after the entry gives the value.</param>
internal record struct Entry(long Time, double RawPrice, double SolUsd, int FirstBar, int DecisionPoint, int EntryPoint, int MarkedPoint)
{
    /// <summary>Set last, once the rest stands.</summary>
    internal bool IsFound;

    internal readonly bool HasPrice => FirstBar >= 0;
}

/// <summary>
/// The entries of a window's signals after one delay, each found when first asked for. Workers share it: two that ask at
/// once both find the same entry, and either may write it.
/// </summary>
internal sealed class Entries(HistoryWindow window, double delaySeconds)
{
    private static readonly long LatestOpening = TimeSpan.FromMinutes(5).Ticks;
    private readonly long _delay = Durations.Ticks(delaySeconds, TimeSpan.TicksPerSecond);
    private readonly Entry[] _entries = new Entry[window.Signals.Count];

    internal long SizeBytes => _entries.Length * (long)Unsafe.SizeOf<Entry>();

    internal ref readonly Entry this[int signal]
    {
        get
        {
            ref var entry = ref _entries[signal];
            if (!Volatile.Read(ref entry.IsFound))
            {
                entry = Find(signal);
                Volatile.Write(ref entry.IsFound, true);
            }

            return ref entry;
        }
    }

    private Entry Find(int signal)
    {
        var noPrice = new Entry(0, 0, 0, -1, 0, 0, 0);
        var token = window.Signals.Tokens[signal];
        if (window.Bars(token) is not { } bars)
        {
            return noPrice;
        }

        var decision = window.Signals.Times[signal];
        var earliest = decision + _delay;
        var first = bars.FirstOpenAtOrAfter(earliest);
        if (first >= window.UsableBars(token) || (_delay > 0 && bars.OpenTimes[first] - earliest > LatestOpening))
        {
            return noPrice;
        }

        var time = _delay == 0 ? decision : bars.OpenTimes[first];
        var grid = window.Grid;
        return new(
            time,
            _delay == 0 ? window.Signals.PricesUsd[signal] : bars.Opens[first],
            window.Sol.At(time),
            first,
            grid.AtOrAfter(decision),
            grid.AtOrAfter(time),
            grid.AtOrAfter(bars.CloseTime(bars.ClosedBy(time))));
    }
}
