using System.Globalization;

namespace WallTrack.Simulation;

/// <summary>Spans of scenarios in ticks of 100 ns.</summary>
internal static class Durations
{
    /// <summary>Three centuries: longer than any history, and safe to add to any instant.</summary>
    private const long Longest = 300 * 365 * TimeSpan.TicksPerDay;

    /// <summary>Rounded to the nearest tick; absurdly long spans are cut at three centuries.</summary>
    internal static long Ticks(double amount, long ticksPerUnit) =>
        amount >= Longest / (double)ticksPerUnit ? Longest : (long)Math.Round(amount * ticksPerUnit);
}

internal static class MissingSolPrice
{
    internal static string Sentence(long time) => string.Create(CultureInfo.InvariantCulture,
        $"No SOL price is known at {Instant.Text(new(time, DateTimeKind.Utc))}, when a position was to be entered: import bars of {History.Mint.WrappedSol} that close by then, or give one SOL price for the whole batch.");
}
