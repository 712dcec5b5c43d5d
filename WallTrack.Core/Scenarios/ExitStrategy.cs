using System.Collections.Immutable;

namespace WallTrack.Scenarios;

/// <summary>
/// How a position is left. Two strategies with the same levels are equal, so that work which depends on nothing else
/// can be shared between scenarios.
/// </summary>
public sealed record ExitStrategy
{
    internal ExitStrategy(ScenarioDraft draft)
    {
        StopLoss = draft.StopLoss;
        TakeProfits = [.. draft.TakeProfits];
        TrailingEnabled = draft.TrailingEnabled;
        TrailingActivation = draft.TrailingActivation;
        TrailingDistance = draft.TrailingDistance;
        Moonbag = draft.Moonbag;
        MoonbagStopLoss = draft.MoonbagStopLoss;
        MaxHoldHours = draft.MaxHoldHours;
        DeadTokenRecovery = draft.DeadTokenRecovery;
    }

    /// <summary>The stop stands at entry price · (1 − this). 0 &lt; x ≤ 1.</summary>
    public double StopLoss { get; }

    /// <summary>Ascending by multiplier, at most ten, possibly none.</summary>
    public ImmutableArray<TakeProfitLevel> TakeProfits { get; }

    public bool TrailingEnabled { get; }

    /// <summary>The trailing stop wakes once the price has reached entry · this. &gt; 1.</summary>
    public double TrailingActivation { get; }

    /// <summary>Once awake it stands at peak · (1 − this). 0 &lt; x &lt; 1.</summary>
    public double TrailingDistance { get; }

    /// <summary>Share of the initial quantity kept back once a take-profit has filled. 0 ≤ x &lt; 1.</summary>
    public double Moonbag { get; }

    /// <summary>The moonbag's own stop at entry · (1 − this), or none: it rides to the end.</summary>
    public double? MoonbagStopLoss { get; }

    /// <summary>Hours, or none.</summary>
    public double? MaxHoldHours { get; }

    /// <summary>What a token whose bars end early is still worth, as a share of its last close. 0 … 1.</summary>
    public double DeadTokenRecovery { get; }

    public bool Equals(ExitStrategy? other) =>
        other is not null
        && StopLoss == other.StopLoss
        && TakeProfits.AsSpan().SequenceEqual(other.TakeProfits.AsSpan())
        && TrailingEnabled == other.TrailingEnabled
        && (!TrailingEnabled || (TrailingActivation == other.TrailingActivation && TrailingDistance == other.TrailingDistance))
        && Moonbag == other.Moonbag
        && MoonbagStopLoss == other.MoonbagStopLoss
        && MaxHoldHours == other.MaxHoldHours
        && DeadTokenRecovery == other.DeadTokenRecovery;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(StopLoss);
        foreach (var level in TakeProfits)
        {
            hash.Add(level);
        }

        hash.Add(TrailingEnabled);
        hash.Add(TrailingEnabled ? TrailingActivation : 0);
        hash.Add(TrailingEnabled ? TrailingDistance : 0);
        hash.Add(Moonbag);
        hash.Add(MoonbagStopLoss);
        hash.Add(MaxHoldHours);
        hash.Add(DeadTokenRecovery);
        return hash.ToHashCode();
    }
}

/// <param name="Multiplier">Of the entry price, &gt; 1.</param>
/// <param name="SellFraction">Of the initial quantity, in (0, 1].</param>
public readonly record struct TakeProfitLevel(double Multiplier, double SellFraction);
