using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>What an import does, counted in words.</summary>
internal static class ImportWords
{
    /// <summary>"2 new, 1 replaced, 3 unchanged"; only what there is.</summary>
    public static string Of(ImportOutcome outcome)
    {
        var words = new List<string>();
        if (outcome.Added.Count > 0)
            words.Add($"{outcome.Added.Count:#,0} new");
        if (outcome.Replaced.Count > 0)
            words.Add($"{outcome.Replaced.Count:#,0} replaced");
        if (outcome.Unchanged.Count > 0)
            words.Add($"{outcome.Unchanged.Count:#,0} unchanged");
        return string.Join(", ", words);
    }
}
