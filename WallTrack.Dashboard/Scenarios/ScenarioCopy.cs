using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>A scenario of one's own that starts with the decisions of another.</summary>
internal static class ScenarioCopy
{
    public const string PresetTag = "preset";
    private const int LongestName = 100;

    public static ScenarioDraft Of(Scenario original, Guid id, IEnumerable<Scenario> existing)
    {
        var draft = original.ToDraft();
        draft.Id = id;
        draft.Name = FreeName(original.Name, existing.Select(scenario => scenario.Name).ToHashSet(StringComparer.OrdinalIgnoreCase));
        (draft.CreatedAt, draft.UpdatedAt, draft.CreatedBy, draft.IsPreset) = (null, null, null, false);
        if (Presets.Find(original.Id) is not null)
            draft.Tags.Remove(PresetTag);
        return draft;
    }

    private static string FreeName(string name, HashSet<string> taken)
    {
        for (var copy = 1; ; copy++)
        {
            var end = copy == 1 ? " (copy)" : $" (copy {copy})";
            var free = name[..Math.Min(name.Length, LongestName - end.Length)].TrimEnd() + end;
            if (!taken.Contains(free))
                return free;
        }
    }
}
