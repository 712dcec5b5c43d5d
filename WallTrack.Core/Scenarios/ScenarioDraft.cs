namespace WallTrack.Scenarios;

/// <summary>
/// A scenario being written: every field free to be wrong, starting at the defaults. Forms bind to it, files are read
/// into it, and <see cref="Faults"/> says in sentences what keeps it from becoming a <see cref="Scenario"/>.
/// </summary>
public sealed class ScenarioDraft
{
    public Guid? Id { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; }

    public ScenarioCategory Category { get; set; } = ScenarioCategory.Custom;

    public IList<string> Tags { get; set; } = [];

    public double WalletWeight { get; set; } = 0.30;

    public double ClusterWeight { get; set; } = 0.25;

    public double TokenWeight { get; set; } = 0.25;

    public double ContextWeight { get; set; } = 0.20;

    public double ScoreThreshold { get; set; } = 0.70;

    public double StartingCapitalSol { get; set; } = 10;

    public double BasePositionSol { get; set; } = 0.1;

    public double HighConvictionMultiplier { get; set; } = 1.5;

    public double HighConvictionThreshold { get; set; } = 0.85;

    public double StopLoss { get; set; } = 0.50;

    public IList<TakeProfitLevel> TakeProfits { get; set; } = [new(2.0, 0.33), new(3.0, 0.33)];

    public bool TrailingEnabled { get; set; } = true;

    public double TrailingActivation { get; set; } = 2.0;

    public double TrailingDistance { get; set; } = 0.30;

    public double Moonbag { get; set; } = 0.34;

    public double? MoonbagStopLoss { get; set; }

    public double? MaxHoldHours { get; set; }

    public double DeadTokenRecovery { get; set; } = 1.0;

    public int MaxConcurrentPositions { get; set; } = 5;

    public int MaxDailyTrades { get; set; } = 10;

    public double SlippageBps { get; set; } = 100;

    public double FeeBps { get; set; }

    public double NetworkFeeSol { get; set; }

    public double EntryDelaySeconds { get; set; }

    public double? MinLiquidityUsd { get; set; }

    public double? MinTokenAgeMinutes { get; set; }

    public double? MaxTokenAgeMinutes { get; set; }

    public DateTime? CreatedAt { get; set; }

    public DateTime? UpdatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public bool IsPreset { get; set; }

    /// <summary>Every rule that this draft breaks, in the order of the form; empty when it is a scenario.</summary>
    public IReadOnlyList<ScenarioFault> Faults() => ScenarioRules.Check(this);
}
