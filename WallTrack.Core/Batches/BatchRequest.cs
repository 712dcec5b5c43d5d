using WallTrack.Scenarios;

namespace WallTrack.Batches;

/// <summary>What an operator asks for.</summary>
public sealed record BatchRequest
{
    public const int LongestName = 200;
    public const int MostWorkers = 64;
    internal const int LongestStartedBy = 100;

    /// <summary>1 … 200 characters; made from the scenarios and the window when it is empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Scenarios of the catalogue, presets included. One that does not exist becomes a failed result that says so.</summary>
    public IReadOnlyList<Guid> ScenarioIds { get; init; } = [];

    /// <summary>Scenarios that need not be in the catalogue; they come after the others.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    /// <summary>UTC, included.</summary>
    public required DateTime From { get; init; }

    /// <summary>UTC, excluded.</summary>
    public required DateTime To { get; init; }

    /// <summary>Scenarios simulated at once, 1 … 64.</summary>
    public int Workers { get; init; } = Math.Min(Environment.ProcessorCount, MostWorkers);

    /// <summary>USD per SOL for the whole window, above 0; null: from SOL's own bars.</summary>
    public double? SolUsd { get; init; }

    /// <summary>At most 100 characters.</summary>
    public string StartedBy { get; init; } = Environment.UserName;

    /// <summary>A sentence for the first thing that is wrong, or null.</summary>
    public string? Fault =>
        ScenarioIds.Count + Scenarios.Count == 0 ? "Choose at least one scenario."
        : From >= To ? $"The window ends at {Instant.Text(To)}, which is not after its start, {Instant.Text(From)}."
        : Workers is < 1 or > MostWorkers ? $"Workers are {Workers}; they must be at least 1 and at most {MostWorkers}."
        : SolUsd is { } usd && !(usd > 0 && double.IsFinite(usd)) ? $"The SOL price is {usd}; it must be above 0."
        : Name.Trim().Length > LongestName ? $"The name has {Name.Trim().Length} characters; it must have at most {LongestName}."
        : StartedBy.Length > LongestStartedBy ? $"The name of who starts it has {StartedBy.Length} characters; it must have at most {LongestStartedBy}."
        : null;
}

/// <summary>The batch cannot be started; the message says what to change.</summary>
public sealed class BatchRefusedException(string sentence) : Exception(sentence);
