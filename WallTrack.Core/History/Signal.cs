namespace WallTrack.History;

/// <summary>A tracked wallet bought a token. Score components are in [0, 1].</summary>
public sealed record Signal
{
    public const double MissingComponent = 0.5;

    public required Guid Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Time { get; init; }

    public required string WalletAddress { get; init; }

    public required string TokenAddress { get; init; }

    public required double WalletScore { get; init; }

    public double ClusterScore { get; init; } = MissingComponent;

    public double TokenScore { get; init; } = MissingComponent;

    public double ContextScore { get; init; } = MissingComponent;

    /// <summary>≥ 0.</summary>
    public double ClusterAmplification { get; init; } = 1;

    /// <summary>USD per token, &gt; 0.</summary>
    public required double PriceUsd { get; init; }

    public double? LiquidityUsd { get; init; }

    public double? MarketCapUsd { get; init; }

    public double? TokenAgeMinutes { get; init; }

    public bool? ActualTraded { get; init; }
}

/// <summary>One bar of a token, USD per token; known only from its close time, open time + interval.</summary>
public readonly record struct Bar(DateTime OpenTime, double Open, double High, double Low, double Close, double Volume);

public static class Mint
{
    /// <summary>The token whose bars are the SOL price.</summary>
    public const string WrappedSol = "So11111111111111111111111111111111111111112";
}
