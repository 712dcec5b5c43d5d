using System.Globalization;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>Why signals were not traded, in words, most frequent first.</summary>
internal static class SkipWords
{
    public static string Of(SkipCounts skipped)
    {
        (int Count, string Words)[] reasons =
        [
            (skipped.BelowThreshold, "below threshold"),
            (skipped.Filtered, "filtered"),
            (skipped.DailyLimit, "over daily limit"),
            (skipped.AlreadyHolding, "already holding"),
            (skipped.MaxPositions, "no free slot"),
            (skipped.NoPrice, "no price"),
            (skipped.InsufficientCapital, "not enough cash"),
        ];
        var words = reasons.Where(reason => reason.Count > 0)
            .OrderByDescending(reason => reason.Count)
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Count:#,0} {reason.Words}"));
        return string.Join(", ", words) is { Length: > 0 } text ? text : "none";
    }
}
