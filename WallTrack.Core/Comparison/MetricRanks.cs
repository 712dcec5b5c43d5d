using System.Collections.Immutable;

namespace WallTrack.Comparison;

/// <summary>Where each of several scenarios stands by one metric. In the order in which they were given.</summary>
/// <remarks>
/// A score depends on order alone, not on distance: it is the share of the other scenarios that this one beats, a tie
/// counting half (the mid-rank, or Borda count; M. G. Kendall, "Rank Correlation Methods", 1948, chapter 3). So one scenario
/// that a lucky token made 500 times better than the rest takes first place and moves nobody else, where a score by
/// distance (min–max, z) would press all the others into one. The mean score of a metric is one half whatever its values,
/// so that no metric weighs more than its weight by being spread wide. The price: by how much one scenario is better is not
/// seen, and a score says something about these scenarios only.
/// </remarks>
public sealed class MetricRanks
{
    private readonly int[] _points;

    private MetricRanks(ImmutableArray<int?> ranks, int[] points) => (Ranks, _points) = (ranks, points);

    /// <summary>From 1, the best; equal values share a rank and leave the next ones out ("1, 2, 2, 4"). Null where the metric is undefined.</summary>
    public ImmutableArray<int?> Ranks { get; }

    /// <summary>From 0, the worst, to 1; one half for all when nothing tells them apart. An undefined metric scores as the worst.</summary>
    public double Score(int scenario) => Ranks.Length == 1 ? 0.5 : _points[scenario] / (2.0 * (Ranks.Length - 1));

    /// <summary>Twice the scenarios that each one beats, and once those that it equals, itself left out.</summary>
    internal ReadOnlySpan<int> Points => _points;

    /// <param name="values">Null where undefined. O(n log n).</param>
    /// <exception cref="ArgumentException">Neither way is better, or a value is not finite.</exception>
    public static MetricRanks Of(ReadOnlySpan<double?> values, Better better)
    {
        if (better == Better.Neither)
        {
            throw new ArgumentException("A metric of which neither more nor less is better cannot be ranked by.", nameof(better));
        }

        var (demerits, scenarios, defined) = (new double[values.Length], new int[values.Length], 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                if (!double.IsFinite(value))
                {
                    throw new ArgumentException($"Scenario {i} has the value {value}; an undefined metric is null.", nameof(values));
                }

                (demerits[defined], scenarios[defined++]) = (better == Better.Lower ? value : -value, i);
            }
        }

        Array.Sort(demerits, scenarios, 0, defined);
        return OfSorted(values, demerits.AsSpan(0, defined), scenarios);
    }

    /// <summary>The best scenarios first, the undefined ones left out.</summary>
    private static MetricRanks OfSorted(ReadOnlySpan<double?> values, ReadOnlySpan<double> demerits, int[] scenarios)
    {
        var (ranks, points) = (new int?[values.Length], new int[values.Length]);
        var undefined = values.Length - demerits.Length;
        var pointsOfUndefined = undefined - 1; // they only equal one another, unless there is a worst to equal too
        for (int start = 0, end; start < demerits.Length; start = end)
        {
            end = start + 1;
            while (end < demerits.Length && demerits[end] == demerits[start])
            {
                end++;
            }

            var isWorst = end == demerits.Length;
            var (beaten, equal) = isWorst ? (0, end - start + undefined - 1) : (values.Length - end, end - start - 1);
            foreach (var scenario in scenarios.AsSpan(start..end))
            {
                (ranks[scenario], points[scenario]) = (start + 1, (2 * beaten) + equal);
            }

            pointsOfUndefined = equal;
        }

        for (var i = 0; i < values.Length; i++)
        {
            points[i] = values[i] is null ? pointsOfUndefined : points[i];
        }

        return new([.. ranks], points);
    }
}
