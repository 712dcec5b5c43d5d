namespace WallTrack.Scenarios;

/// <summary>A scenario and the state in which it was read; who changes it says which state they changed.</summary>
/// <param name="Version">1 and up; 0 for a preset, which has no other state.</param>
public sealed record StoredScenario(Scenario Scenario, int Version);

public enum SaveStatus
{
    Saved,

    /// <summary>Presets are not edited; a duplicate is.</summary>
    IsPreset,

    /// <summary>Somebody else changed it since it was read, or made one of the same id. Nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>Somebody else deleted it since it was read.</summary>
    DeletedMeanwhile,
}

/// <param name="Stored">What is stored now: one's own after a save, the other's after a change; null when there is none.</param>
public sealed record SaveOutcome(SaveStatus Status, StoredScenario? Stored);

/// <summary>What became of imported scenarios.</summary>
/// <param name="Unchanged">They were known with the same content.</param>
/// <param name="PresetCopies">Of those added or replaced: they came with a preset's id and other content, and were taken as copies.</param>
public sealed record ImportOutcome(IReadOnlyList<Scenario> Added, IReadOnlyList<Scenario> Replaced, IReadOnlyList<Scenario> Unchanged, IReadOnlyList<Scenario> PresetCopies);
