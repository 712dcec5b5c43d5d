using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WallTrack.Comparison;
using WallTrack.Storage;

namespace WallTrack.Batches;

public enum ResultStatus
{
    Completed,
    Failed,
}

/// <summary>What came of one scenario of a batch: figures, or the reason why there are none.</summary>
public sealed record BacktestResult
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>Place of the scenario in its batch; a place has at most one result.</summary>
    public required int Position { get; init; }

    public required Guid ScenarioId { get; init; }

    public required string ScenarioName { get; init; }

    public required ResultStatus Status { get; init; }

    /// <summary><see cref="Simulation.Metrics"/> as JSON; null when it failed.</summary>
    public string? Metrics { get; init; }

    /// <summary><see cref="Simulation.SkipCounts"/> as JSON; null when it failed.</summary>
    public string? Skipped { get; init; }

    /// <summary>The scenario as it was at the batch's start, as JSON; null when there was no such scenario.</summary>
    public string? Parameters { get; init; }

    /// <summary>Why it failed, a sentence.</summary>
    public string? Error { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime CompletedAt { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Where its trades and equity are, and its place among those; null when they are not kept.</summary>
    public Guid? SeriesId { get; init; }

    public int? SeriesPlace { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BacktestResult>
    {
        public const string Table = "backtest_results";

        public static readonly string[] Columns =
        [
            "id", "batch_id", "position", "scenario_id", "scenario_name", "status", "metrics", "skipped", "parameters", "error",
            "started_at", "completed_at", "created_at", "series_id", "series_place",
        ];

        public void Configure(EntityTypeBuilder<BacktestResult> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(result => result.Id);
            builder.HasIndex(result => new { result.BatchId, result.Position }).IsUnique();
            builder.HasIndex(result => result.ScenarioId);
            builder.HasOne<Batch>().WithMany().HasForeignKey(result => result.BatchId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(result => result.Id).HasColumnName("id");
            builder.Property(result => result.BatchId).HasColumnName("batch_id");
            builder.Property(result => result.Position).HasColumnName("position");
            builder.Property(result => result.ScenarioId).HasColumnName("scenario_id");
            builder.Property(result => result.ScenarioName).HasColumnName("scenario_name");
            builder.Property(result => result.Status).HasColumnName("status").AsWord();
            builder.Property(result => result.Metrics).HasColumnName("metrics").HoldsJson();
            builder.Property(result => result.Skipped).HasColumnName("skipped").HoldsJson();
            builder.Property(result => result.Parameters).HasColumnName("parameters").HoldsJson();
            builder.Property(result => result.Error).HasColumnName("error");
            builder.Property(result => result.StartedAt).HasColumnName("started_at");
            builder.Property(result => result.CompletedAt).HasColumnName("completed_at");
            builder.Property(result => result.CreatedAt).HasColumnName("created_at");
            builder.Property(result => result.SeriesId).HasColumnName("series_id");
            builder.Property(result => result.SeriesPlace).HasColumnName("series_place");
        }

        public static object?[] Row(BacktestResult result) =>
        [
            result.Id, result.BatchId, result.Position, result.ScenarioId, result.ScenarioName, EnumWords.Of(result.Status),
            Json(result.Metrics), Json(result.Skipped), Json(result.Parameters), result.Error,
            result.StartedAt, result.CompletedAt, result.CreatedAt, result.SeriesId, result.SeriesPlace,
        ];

        private static JsonText? Json(string? text) => text is null ? null : new(text);
    }
}

/// <summary>
/// What a table of results sorts and filters by, beside each result: a narrow row, because sorting a hundred thousand
/// results must not read their JSON. One column a metric, named as the metric is.
/// </summary>
public sealed class ResultFigures
{
    private readonly Dictionary<string, double?> _values = new(StringComparer.Ordinal);

    public required Guid BatchId { get; init; }

    public required int Position { get; init; }

    public required Guid ResultId { get; init; }

    public required string ScenarioName { get; init; }

    public required ResultStatus Status { get; init; }

    /// <param name="metric">The name of one of <see cref="Metric.All"/>; null when it is undefined.</param>
    public object? this[string metric]
    {
        get => _values.GetValueOrDefault(metric);
        set => _values[metric] = (double?)value;
    }

    public double? Of(Metric metric) => _values.GetValueOrDefault(metric.Name);

    internal sealed class Mapping : IEntityTypeConfiguration<ResultFigures>
    {
        public const string Table = "result_figures";

        public static readonly string[] Columns = ["batch_id", "position", "result_id", "scenario_name", "status", .. Metric.All.Select(metric => metric.Name)];

        public void Configure(EntityTypeBuilder<ResultFigures> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(figures => new { figures.BatchId, figures.Position });
            builder.HasOne<Batch>().WithMany().HasForeignKey(figures => figures.BatchId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(figures => figures.BatchId).HasColumnName("batch_id");
            builder.Property(figures => figures.Position).HasColumnName("position").ValueGeneratedNever();
            builder.Property(figures => figures.ResultId).HasColumnName("result_id");
            builder.Property(figures => figures.ScenarioName).HasColumnName("scenario_name");
            builder.Property(figures => figures.Status).HasColumnName("status").AsWord();
            foreach (var metric in Metric.All)
                builder.IndexerProperty<double?>(metric.Name).HasColumnName(metric.Name);
        }

        public static object?[] Row(BacktestResult result, Simulation.Metrics? metrics) =>
        [
            result.BatchId, result.Position, result.Id, result.ScenarioName, EnumWords.Of(result.Status),
            .. Metric.All.Select(metric => metrics is null ? null : (object?)metric.Read(metrics)),
        ];
    }
}

/// <summary>The trades and equity curves of the results that one slice stored, as <see cref="Packing.SeriesWriter"/> packs them.</summary>
public sealed class StoredSeries
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredSeries>
    {
        public const string Table = "result_series";

        public static readonly string[] Columns = ["id", "batch_id", "data"];

        public void Configure(EntityTypeBuilder<StoredSeries> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(block => block.Id);
            builder.HasIndex(block => block.BatchId);
            builder.HasOne<Batch>().WithMany().HasForeignKey(block => block.BatchId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(block => block.Id).HasColumnName("id");
            builder.Property(block => block.BatchId).HasColumnName("batch_id");
            builder.Property(block => block.Data).HasColumnName("data");
        }
    }
}
