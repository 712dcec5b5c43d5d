using System.Collections.Immutable;
using WallTrack.Simulation;

namespace WallTrack.Comparison;

/// <summary>The overall rank of each of several scenarios: by the weighted mean of their scores by single metrics.</summary>
/// <remarks>
/// A metric's scores depend on order, not on distance: see <see cref="MetricRanks"/>. An undefined metric scores as the
/// worst of that metric, also a profit factor that is undefined because nothing was lost. Weighted sums are taken in
/// decimals, so that ties are ties, and neither the order of the scenarios nor that of the weights changes a rank.
/// </remarks>
public sealed class Ranking
{
    private readonly ImmutableArray<MetricRanks> _byMetric;

    private Ranking(RankingWeights weights, ImmutableArray<MetricRanks> byMetric, ImmutableArray<int> ranks, ImmutableArray<double> scores) =>
        (Weights, _byMetric, Ranks, Scores) = (weights, byMetric, ranks, scores);

    public RankingWeights Weights { get; }

    /// <summary>From 1, the best; scenarios with equal scores share a rank and leave the next ones out ("1, 2, 2, 4"). In the order of the scenarios.</summary>
    public ImmutableArray<int> Ranks { get; }

    /// <summary>From 0 to 1, the more the better: 1 is best by every metric that has a weight. In the order of the scenarios.</summary>
    public ImmutableArray<double> Scores { get; }

    /// <summary>The ranks by one of the metrics that have a weight.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public MetricRanks By(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        for (var place = 0; place < _byMetric.Length; place++)
        {
            if (Weights.Items[place].Metric == metric)
            {
                return _byMetric[place];
            }
        }

        throw new ArgumentException($"{metric.Label} has no weight in this ranking.", nameof(metric));
    }

    /// <param name="completed">Of the scenarios that came to their end; a failed one has no place. O(n log n).</param>
    public static Ranking Of(IReadOnlyList<Metrics> completed, RankingWeights weights)
    {
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentNullException.ThrowIfNull(weights);
        return Of(completed.Count, (metric, values) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = metric.Read(completed[i]);
            }
        }, weights);
    }

    /// <param name="count">Scenarios.</param>
    /// <param name="read">Fills in one metric of each of them, null where it is undefined: for whoever has columns at hand.</param>
    public static Ranking Of(int count, Action<Metric, Span<double?>> read, RankingWeights weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(weights);
        var (values, byMetric) = (new double?[count], new MetricRanks[weights.Items.Length]);
        for (var place = 0; place < byMetric.Length; place++)
        {
            var metric = weights.Items[place].Metric;
            Array.Clear(values);
            read(metric, values);
            byMetric[place] = MetricRanks.Of(values, metric.Better);
        }

        var scores = ScoresOf(count, byMetric, weights);
        return new(weights, [.. byMetric], RanksOf(scores), [.. scores]);
    }

    private static double[] ScoresOf(int count, MetricRanks[] byMetric, RankingWeights weights)
    {
        var points = new decimal[count];
        for (var metric = 0; metric < byMetric.Length; metric++)
        {
            var weight = weights.Exact[metric];
            var pointsByMetric = byMetric[metric].Points;
            for (var i = 0; i < count; i++)
            {
                points[i] += weight * pointsByMetric[i];
            }
        }

        var most = 2 * (count - 1) * weights.Exact.Sum();
        return Array.ConvertAll(points, sum => most == 0 ? 0.5 : (double)(sum / most));
    }

    private static ImmutableArray<int> RanksOf(double[] scores)
    {
        var (sorted, scenarios) = (Array.ConvertAll(scores, score => -score), Enumerable.Range(0, scores.Length).ToArray());
        Array.Sort(sorted, scenarios);
        var (ranks, rank) = (new int[scores.Length], 0);
        for (var place = 0; place < sorted.Length; place++)
        {
            rank = place > 0 && sorted[place] == sorted[place - 1] ? rank : place + 1;
            ranks[scenarios[place]] = rank;
        }

        return [.. ranks];
    }
}
