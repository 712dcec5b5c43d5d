using System.Collections.Immutable;
using System.Globalization;

namespace WallTrack.Comparison;

/// <param name="Weight">Against the other weights; only ratios matter.</param>
public readonly record struct MetricWeight(Metric Metric, double Weight);

/// <summary>How much each metric counts in the overall rank. Valid by construction.</summary>
public sealed class RankingWeights
{
    private RankingWeights(ImmutableArray<MetricWeight> items)
    {
        Items = items;
        Exact = Decimals(items);
    }

    public static RankingWeights Default { get; } = From(
    [
        new(Metric.TotalPnl, 0.30), new(Metric.WinRate, 0.20), new(Metric.ProfitFactor, 0.20), new(Metric.MaxDrawdown, 0.15), new(Metric.Sharpe, 0.15),
    ]);

    /// <summary>As they were given, those of weight 0 left out; at least one.</summary>
    public ImmutableArray<MetricWeight> Items { get; }

    /// <summary>
    /// The same in decimals, scaled by a power of ten, so that sums of what an operator typed are exact and scenarios that
    /// are equal on paper (0.2 + 0.2 + 0.2 against 0.3 + 0.3) tie.
    /// </summary>
    internal ImmutableArray<decimal> Exact { get; }

    /// <param name="weights">Finite, not negative, not all 0, each of another metric of which more or less is better.</param>
    /// <exception cref="ArgumentException">They break a rule; the message is the sentence.</exception>
    public static RankingWeights From(IReadOnlyList<MetricWeight> weights) =>
        TryFrom(weights, out var fault) ?? throw new ArgumentException(fault, nameof(weights));

    /// <summary>The weights, or null and a sentence.</summary>
    public static RankingWeights? TryFrom(IReadOnlyList<MetricWeight> weights, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(weights);
        fault = Fault(weights);
        return fault is null ? new([.. weights.Where(item => item.Weight > 0)]) : null;
    }

    private static string? Fault(IReadOnlyList<MetricWeight> weights)
    {
        foreach (var (metric, weight) in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"The weight of {metric.Label} is {weight}; it must be 0 or more.");
            }

            if (metric.Better == Better.Neither && weight > 0)
            {
                return $"{metric.Label} cannot be ranked by, because neither more nor less of it is better; its weight must be 0.";
            }
        }

        return weights.GroupBy(item => item.Metric).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? $"{twice.Label} has more than one weight."
            : weights.All(item => item.Weight == 0) ? "All weights are 0; at least one must be above 0." : null;
    }

    private static ImmutableArray<decimal> Decimals(ImmutableArray<MetricWeight> items)
    {
        // Below 1e-300 the power of ten itself would be 0; the largest weight may then be small, but not 0.
        var unit = Math.Pow(10, Math.Max(-300, Math.Floor(Math.Log10(items.Max(item => item.Weight)))));
        return [.. items.Select(item => (decimal)(item.Weight / unit))];
    }
}
