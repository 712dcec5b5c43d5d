using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WallTrack.Comparison;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>The best scenario by one metric.</summary>
public sealed record BestByMetric(string Metric, int Position, string ScenarioName, double Value);

/// <summary>A scenario's place in the overall ranking.</summary>
public sealed record RankedScenario(int Rank, int Position, string ScenarioName, double Score);

/// <summary>What is to be said of a batch that is over. Stored with its end.</summary>
/// <param name="Best">For each metric of which more or less is better and which somebody has.</param>
/// <param name="Ranking">By the default weights; the first hundred.</param>
/// <param name="Seconds">While it ran; pauses are not counted.</param>
public sealed record BatchSummary(int Total, int Completed, int Failed, double Seconds, ImmutableArray<BestByMetric> Best, ImmutableArray<RankedScenario> Ranking)
{
    private const int Ranked = 100;
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static BatchSummary? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<BatchSummary>(json, SnakeCase);

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCase);

    internal static async Task<BatchSummary> OfAsync(WallTrackDbContext context, Guid batch, BatchCounts counts, double seconds, CancellationToken cancellation)
    {
        var rows = await context.Set<ResultFigures>()
            .Where(figures => figures.BatchId == batch && figures.Status == ResultStatus.Completed)
            .OrderBy(figures => figures.Position)
            .ToListAsync(cancellation);
        var ranking = Comparison.Ranking.Of(rows.Count, (metric, values) =>
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = rows[i].Of(metric);
        }, RankingWeights.Default);
        return new(counts.Total, counts.Completed, counts.Failed, seconds,
            [.. Metric.All.Select(metric => BestBy(metric, rows)).OfType<BestByMetric>()],
            [
                .. rows.Select((row, i) => new RankedScenario(ranking.Ranks[i], row.Position, row.ScenarioName, ranking.Scores[i]))
                    .OrderBy(ranked => ranked.Rank).ThenBy(ranked => ranked.Position).Take(Ranked),
            ]);
    }

    private static BestByMetric? BestBy(Metric metric, List<ResultFigures> rows)
    {
        var defined = rows.Where(row => row.Of(metric) is not null);
        var best = metric.Better switch
        {
            Better.Higher => defined.MaxBy(row => row.Of(metric)),
            Better.Lower => defined.MinBy(row => row.Of(metric)),
            _ => null,
        };
        return best is null ? null : new(metric.Name, best.Position, best.ScenarioName, best.Of(metric)!.Value);
    }
}

/// <summary>The words for a batch that is over.</summary>
internal static class BatchEnd
{
    public static Notification Notification(Guid batch, string name, BatchStatus status, BatchCounts counts, BatchSummary summary, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        BatchId = batch,
        Title = status == BatchStatus.Failed ? $"{name} failed" : $"{name} is done",
        Text = $"{counts.Completed:#,0} of {counts.Total:#,0} scenarios succeeded{(counts.Failed == 0 ? "" : $", {counts.Failed:#,0} failed")}."
            + (summary.Best.FirstOrDefault(best => best.Metric == Metric.TotalPnl.Name) is { } best ? $" Best: {best.ScenarioName} with {Metric.TotalPnl.Text(best.Value)} SOL." : ""),
        IsBad = counts.Failed > 0,
        CreatedAt = now,
    };
}
