using System.Collections.Immutable;

namespace WallTrack.Scenarios;

/// <summary>
/// The five scenarios that ship. They keep the same id on every installation, cannot be edited, and can be duplicated.
/// </summary>
public static class Presets
{
    public static Scenario Conservative { get; } = Preset("c0a5e7a1-0001-4000-8000-57a11740ac01", new()
    {
        Name = "Conservative",
        Description = "Only strong signals, small positions, early profits.",
        Category = ScenarioCategory.Conservative,
        ScoreThreshold = 0.80,
        BasePositionSol = 0.05,
        StopLoss = 0.30,
        TakeProfits = [new(1.5, 0.50), new(2.0, 0.50)],
        TrailingEnabled = false,
        Moonbag = 0,
        MaxConcurrentPositions = 3,
    });

    public static Scenario Balanced { get; } = Preset("c0a5e7a1-0002-4000-8000-57a11740ac02", new()
    {
        Name = "Balanced",
        Description = "All defaults: a third out at double, a third at triple, the rest rides.",
        Category = ScenarioCategory.Moderate,
    });

    public static Scenario AggressiveMoonbag { get; } = Preset("c0a5e7a1-0003-4000-8000-57a11740ac03", new()
    {
        Name = "Aggressive Moonbag",
        Description = "More signals, larger positions, half of each kept for the long shot.",
        Category = ScenarioCategory.Aggressive,
        ScoreThreshold = 0.65,
        BasePositionSol = 0.15,
        HighConvictionMultiplier = 2.0,
        StopLoss = 0.60,
        TakeProfits = [new(3.0, 0.25), new(5.0, 0.25)],
        TrailingActivation = 3.0,
        TrailingDistance = 0.40,
        Moonbag = 0.50,
        MaxConcurrentPositions = 7,
    });

    public static Scenario QuickFlip { get; } = Preset("c0a5e7a1-0004-4000-8000-57a11740ac04", new()
    {
        Name = "Quick Flip",
        Description = "In and out: tight stop, near targets, many positions.",
        Category = ScenarioCategory.Experimental,
        ScoreThreshold = 0.75,
        BasePositionSol = 0.1,
        StopLoss = 0.20,
        TakeProfits = [new(1.3, 0.50), new(1.5, 0.50)],
        TrailingEnabled = false,
        Moonbag = 0,
        MaxConcurrentPositions = 10,
    });

    public static Scenario DiamondHands { get; } = Preset("c0a5e7a1-0005-4000-8000-57a11740ac05", new()
    {
        Name = "Diamond Hands",
        Description = "Few, large, patient positions that aim for five and ten times the entry.",
        Category = ScenarioCategory.Aggressive,
        ScoreThreshold = 0.85,
        BasePositionSol = 0.2,
        StopLoss = 0.70,
        TakeProfits = [new(5.0, 0.25), new(10.0, 0.25)],
        TrailingActivation = 5.0,
        TrailingDistance = 0.50,
        Moonbag = 0.50,
        MaxConcurrentPositions = 3,
    });

    public static ImmutableArray<Scenario> All { get; } = [Conservative, Balanced, AggressiveMoonbag, QuickFlip, DiamondHands];

    /// <summary>The preset of that name, whatever its case, or null.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The preset of that id, or null.</summary>
    public static Scenario? Find(Guid id) => All.FirstOrDefault(preset => preset.Id == id);

    private static Scenario Preset(string id, ScenarioDraft draft)
    {
        draft.Id = Guid.Parse(id);
        draft.IsPreset = true;
        draft.Tags = ["preset"];
        return Scenario.From(draft);
    }
}
