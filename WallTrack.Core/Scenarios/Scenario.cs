using System.Collections.Immutable;

namespace WallTrack.Scenarios;

/// <summary>
/// One named set of an operator's decisions: how signals are scored, which are traded, how large, and how positions
/// are exited. Immutable, and valid by construction: the only way to one is <see cref="From"/> or
/// <see cref="TryFrom"/>, which check every field of a <see cref="ScenarioDraft"/>.
/// </summary>
/// <remarks>Fractions are fractions (0.30 is 30 %), sizes and fees are SOL, rates are basis points.</remarks>
public sealed class Scenario
{
    private Scenario(ScenarioDraft draft)
    {
        Name = draft.Name.Trim();
        Description = draft.Description;
        Category = draft.Category;
        Tags = [.. draft.Tags];
        Weights = new(draft.WalletWeight, draft.ClusterWeight, draft.TokenWeight, draft.ContextWeight);
        ScoreThreshold = draft.ScoreThreshold;
        StartingCapitalSol = draft.StartingCapitalSol;
        BasePositionSol = draft.BasePositionSol;
        HighConvictionMultiplier = draft.HighConvictionMultiplier;
        HighConvictionThreshold = draft.HighConvictionThreshold;
        Exit = new(draft);
        MaxConcurrentPositions = draft.MaxConcurrentPositions;
        MaxDailyTrades = draft.MaxDailyTrades;
        SlippageBps = draft.SlippageBps;
        FeeBps = draft.FeeBps;
        NetworkFeeSol = draft.NetworkFeeSol;
        EntryDelaySeconds = draft.EntryDelaySeconds;
        Filter = new(draft.MinLiquidityUsd, draft.MinTokenAgeMinutes, draft.MaxTokenAgeMinutes);
        CreatedAt = draft.CreatedAt;
        UpdatedAt = draft.UpdatedAt;
        CreatedBy = draft.CreatedBy;
        IsPreset = draft.IsPreset;
        Id = draft.Id ?? ContentId.Of("scenario", ScenarioJson.Decisions(this));
    }

    /// <summary>Given by the file or the catalogue; derived from the content where none was given.</summary>
    public Guid Id { get; }

    public string Name { get; }

    public string? Description { get; }

    public ScenarioCategory Category { get; }

    public ImmutableArray<string> Tags { get; }

    public ScoringWeights Weights { get; }

    /// <summary>A signal is eligible when its score + 1e-9 reaches this. 0 … 1.</summary>
    public double ScoreThreshold { get; }

    public double StartingCapitalSol { get; }

    public double BasePositionSol { get; }

    /// <summary>Factor on the base position of a signal whose score + 1e-9 reaches <see cref="HighConvictionThreshold"/>. ≥ 1.</summary>
    public double HighConvictionMultiplier { get; }

    public double HighConvictionThreshold { get; }

    public ExitStrategy Exit { get; }

    /// <summary>Positions whose main part may be open at once. 1 … 50.</summary>
    public int MaxConcurrentPositions { get; }

    /// <summary>Entries per UTC day of the signal. ≥ 1.</summary>
    public int MaxDailyTrades { get; }

    /// <summary>Paid on entry and on every sale. 0 … 5000 bps.</summary>
    public double SlippageBps { get; }

    /// <summary>Share of each fill's notional. ≥ 0 bps.</summary>
    public double FeeBps { get; }

    /// <summary>Paid on the entry and on every fill. ≥ 0 SOL.</summary>
    public double NetworkFeeSol { get; }

    public double EntryDelaySeconds { get; }

    public SignalFilter Filter { get; }

    public DateTime? CreatedAt { get; }

    public DateTime? UpdatedAt { get; }

    public string? CreatedBy { get; }

    public bool IsPreset { get; }

    /// <exception cref="InvalidScenarioException">The draft breaks a rule; the exception lists every fault.</exception>
    public static Scenario From(ScenarioDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var faults = draft.Faults();
        return faults.Count == 0 ? new(draft) : throw new InvalidScenarioException(draft.Name, faults);
    }

    /// <summary>The scenario, or null and every fault of the draft.</summary>
    public static Scenario? TryFrom(ScenarioDraft draft, out IReadOnlyList<ScenarioFault> faults)
    {
        ArgumentNullException.ThrowIfNull(draft);
        faults = draft.Faults();
        return faults.Count == 0 ? new(draft) : null;
    }

    /// <summary>A draft with the same decisions, to edit or to duplicate.</summary>
    public ScenarioDraft ToDraft() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        Category = Category,
        Tags = [.. Tags],
        WalletWeight = Weights.Wallet,
        ClusterWeight = Weights.Cluster,
        TokenWeight = Weights.Token,
        ContextWeight = Weights.Context,
        ScoreThreshold = ScoreThreshold,
        StartingCapitalSol = StartingCapitalSol,
        BasePositionSol = BasePositionSol,
        HighConvictionMultiplier = HighConvictionMultiplier,
        HighConvictionThreshold = HighConvictionThreshold,
        StopLoss = Exit.StopLoss,
        TakeProfits = [.. Exit.TakeProfits],
        TrailingEnabled = Exit.TrailingEnabled,
        TrailingActivation = Exit.TrailingActivation,
        TrailingDistance = Exit.TrailingDistance,
        Moonbag = Exit.Moonbag,
        MoonbagStopLoss = Exit.MoonbagStopLoss,
        MaxHoldHours = Exit.MaxHoldHours,
        DeadTokenRecovery = Exit.DeadTokenRecovery,
        MaxConcurrentPositions = MaxConcurrentPositions,
        MaxDailyTrades = MaxDailyTrades,
        SlippageBps = SlippageBps,
        FeeBps = FeeBps,
        NetworkFeeSol = NetworkFeeSol,
        EntryDelaySeconds = EntryDelaySeconds,
        MinLiquidityUsd = Filter.MinLiquidityUsd,
        MinTokenAgeMinutes = Filter.MinTokenAgeMinutes,
        MaxTokenAgeMinutes = Filter.MaxTokenAgeMinutes,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        CreatedBy = CreatedBy,
        IsPreset = IsPreset,
    };

    public override string ToString() => Name;
}

public enum ScenarioCategory
{
    Conservative,
    Moderate,
    Aggressive,
    Experimental,
    Optimization,
    Custom,
}

/// <summary>What each component adds to a signal's score; each ≥ 0, sum 1 ± 0.01.</summary>
public sealed record ScoringWeights
{
    internal ScoringWeights(double wallet, double cluster, double token, double context)
    {
        (Wallet, Cluster, Token, Context) = (wallet, cluster, token, context);
    }

    public double Wallet { get; }

    public double Cluster { get; }

    public double Token { get; }

    public double Context { get; }
}

/// <summary>Which signals are considered at all; null asks nothing. A signal that lacks an asked field fails.</summary>
public sealed record SignalFilter
{
    internal SignalFilter(double? minLiquidityUsd, double? minTokenAgeMinutes, double? maxTokenAgeMinutes)
    {
        (MinLiquidityUsd, MinTokenAgeMinutes, MaxTokenAgeMinutes) = (minLiquidityUsd, minTokenAgeMinutes, maxTokenAgeMinutes);
    }

    public double? MinLiquidityUsd { get; }

    public double? MinTokenAgeMinutes { get; }

    public double? MaxTokenAgeMinutes { get; }

    /// <summary>True when no signal can fail.</summary>
    public bool IsEmpty => MinLiquidityUsd is null && MinTokenAgeMinutes is null && MaxTokenAgeMinutes is null;

    /// <summary>NaN stands for a field that the signal lacks: every comparison with it is false, so it fails.</summary>
    public bool Passes(double liquidityUsd, double tokenAgeMinutes) =>
        (MinLiquidityUsd is not { } liquidity || liquidityUsd >= liquidity)
        && (MinTokenAgeMinutes is not { } youngest || tokenAgeMinutes >= youngest)
        && (MaxTokenAgeMinutes is not { } oldest || tokenAgeMinutes <= oldest);
}
