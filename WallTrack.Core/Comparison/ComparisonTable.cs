using System.Collections.Immutable;
using WallTrack.Simulation;

namespace WallTrack.Comparison;

/// <summary>One figure of one scenario among others.</summary>
/// <param name="Rank">From 1; null where the figure is undefined, or neither more nor less of it is better.</param>
/// <param name="IsBest">Rank 1, and somebody has another.</param>
/// <param name="Difference">From the baseline's, in the metric's unit; null where there is none, and at the baseline itself.</param>
public readonly record struct MetricCell(double? Value, int? Rank, bool IsBest, double? Difference)
{
    /// <summary>Better than the baseline (true) or worse (false); null when neither can be said.</summary>
    public bool? IsGain(Better better) => Difference is not { } difference || difference == 0 || better == Better.Neither ? null : difference > 0 == (better == Better.Higher);
}

/// <param name="Cells">In the order of the scenarios.</param>
public sealed record MetricRow(Metric Metric, ImmutableArray<MetricCell> Cells);

/// <summary>A place in the overall ranking.</summary>
public readonly record struct Standing(int Rank, double Score);

/// <summary>Scenarios side by side: every metric, where each stands by it, and overall. Everything in the order in which the scenarios were given.</summary>
public sealed class ComparisonTable
{
    private ComparisonTable(ImmutableArray<MetricRow> rows, ImmutableArray<Standing?> standings) => (Rows, Standings) = (rows, standings);

    public ImmutableArray<MetricRow> Rows { get; }

    /// <summary>Null for a scenario without figures, and for all when there are no weights.</summary>
    public ImmutableArray<Standing?> Standings { get; }

    /// <param name="figures">Null for a scenario that failed.</param>
    /// <param name="weights">Null: no overall rank.</param>
    /// <param name="baseline">The place of the scenario that the others are held against.</param>
    public static ComparisonTable Of(IReadOnlyList<Metrics?> figures, RankingWeights? weights, int? baseline)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return new([.. Metric.All.Select(metric => Row(metric, figures, baseline))], StandingsOf(figures, weights));
    }

    private static MetricRow Row(Metric metric, IReadOnlyList<Metrics?> figures, int? baseline)
    {
        var values = figures.Select(metrics => metrics is null ? null : metric.Read(metrics)).ToArray();
        var ranks = metric.Better == Better.Neither ? null : MetricRanks.Of(values, metric.Better);
        var hasLosers = ranks?.Ranks.Any(rank => rank > 1) ?? false;
        var from = baseline is { } place ? values[place] : null;
        return new(metric, [.. values.Select((value, i) => new MetricCell(value, ranks?.Ranks[i], hasLosers && ranks?.Ranks[i] == 1, i == baseline ? null : value - from))]);
    }

    private static ImmutableArray<Standing?> StandingsOf(IReadOnlyList<Metrics?> figures, RankingWeights? weights)
    {
        var standings = new Standing?[figures.Count];
        if (weights is not null)
        {
            var completed = figures.Index().Where(item => item.Item is not null).ToList();
            var ranking = Ranking.Of([.. completed.Select(item => item.Item!)], weights);
            for (var i = 0; i < completed.Count; i++)
                standings[completed[i].Index] = new(ranking.Ranks[i], ranking.Scores[i]);
        }

        return [.. standings];
    }
}
