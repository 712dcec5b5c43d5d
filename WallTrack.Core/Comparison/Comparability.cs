namespace WallTrack.Comparison;

/// <summary>Under what a result came about.</summary>
/// <param name="From">UTC, included.</param>
/// <param name="To">UTC, excluded.</param>
/// <param name="HistoryFingerprint">Of everything that a replay of the window sees, SOL prices included.</param>
public sealed record Circumstances(DateTime From, DateTime To, string EngineVersion, string HistoryFingerprint);

/// <summary>Whether figures may stand beside each other.</summary>
public static class Comparability
{
    /// <summary>Why these may not be compared, a sentence; null when they may.</summary>
    public static string? Refusal(IReadOnlyCollection<Circumstances> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var windows = results.Select(result => (result.From, result.To)).Distinct().Order().ToList();
        if (windows.Count > 1)
            return $"These results are of different windows: {string.Join("; ", windows.Select(window => $"{Text(window.From)} to {Text(window.To)}"))} (UTC). What a strategy earned over one says nothing about the other.";
        var engines = results.Select(result => result.EngineVersion).Distinct().Order(StringComparer.Ordinal).ToList();
        if (engines.Count > 1)
            return $"These results are by different engines, {string.Join(" and ", engines)}, whose trades may differ for the same scenario. Run the older batch again to compare it.";
        return results.Select(result => result.HistoryFingerprint).Distinct().Count() > 1
            ? "These results are of one window, but of different histories: signals, bars or SOL prices have changed in between. Run the older batch again to compare it."
            : null;
    }

    private static string Text(DateTime time) => time.TimeOfDay == TimeSpan.Zero ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm}";
}
