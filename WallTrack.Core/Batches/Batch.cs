using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// Many scenarios over one window of history. It holds what was decided at its start, the operator's intent, and how far
/// it is: counts and status are written by <see cref="SliceLedger"/> alone, in the transaction that changes its slices.
/// </summary>
public sealed class Batch
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>By position.</summary>
    public required List<Guid> ScenarioIds { get; init; }

    /// <summary>UTC, included.</summary>
    public required DateTime From { get; init; }

    /// <summary>UTC, excluded.</summary>
    public required DateTime To { get; init; }

    /// <summary>Scenarios simulated at once, 1 … 64.</summary>
    public required int MaxWorkers { get; init; }

    /// <summary>USD per SOL for the whole window; null: from SOL's own bars.</summary>
    public required double? SolUsd { get; init; }

    /// <summary>Of the history that it was started on: its scenarios are simulated over exactly that, or not at all.</summary>
    public required string HistoryFingerprint { get; init; }

    public required string EngineVersion { get; init; }

    public required int SignalCount { get; init; }

    public required int TokenCount { get; init; }

    /// <summary>Whether trades and equity curves are kept, or found again by a replay when somebody asks.</summary>
    public required bool KeepsSeries { get; init; }

    public required int Total { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public BatchIntent Intent { get; init; }

    public BatchStatus Status { get; init; }

    public int Completed { get; init; }

    public int Failed { get; init; }

    public int Claimed { get; init; }

    /// <summary>Of the simulations that are done, over all workers.</summary>
    public double WorkSeconds { get; init; }

    /// <summary>Of the spells of running that have ended.</summary>
    public double RanSeconds { get; init; }

    /// <summary>Start of the present spell of running.</summary>
    public DateTime? RunningSince { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public int? BestPosition { get; init; }

    public string? BestName { get; init; }

    public double? BestPnlSol { get; init; }

    /// <summary><see cref="BatchSummary"/> as JSON, once every scenario has a result.</summary>
    public string? Summary { get; init; }

    /// <summary>Goes up with every change, so that a later state can be told from an earlier one.</summary>
    public long Revision { get; init; }

    internal BatchCounts Counts => new(Total, Completed, Failed, Claimed);

    internal sealed class Mapping : IEntityTypeConfiguration<Batch>
    {
        public const string Table = "batch_backtests";

        public void Configure(EntityTypeBuilder<Batch> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(batch => batch.Id);
            builder.HasIndex(batch => batch.Status);
            builder.HasIndex(batch => batch.CreatedAt);
            builder.Property(batch => batch.Id).HasColumnName("id");
            builder.Property(batch => batch.Name).HasColumnName("name").HasMaxLength(BatchRequest.LongestName);
            builder.PrimitiveCollection(batch => batch.ScenarioIds).HasColumnName("scenario_ids");
            builder.Property(batch => batch.From).HasColumnName("start_date");
            builder.Property(batch => batch.To).HasColumnName("end_date");
            builder.Property(batch => batch.MaxWorkers).HasColumnName("max_workers");
            builder.Property(batch => batch.SolUsd).HasColumnName("sol_usd");
            builder.Property(batch => batch.HistoryFingerprint).HasColumnName("history_fingerprint").HasMaxLength(64);
            builder.Property(batch => batch.EngineVersion).HasColumnName("engine_version").HasMaxLength(20);
            builder.Property(batch => batch.SignalCount).HasColumnName("signal_count");
            builder.Property(batch => batch.TokenCount).HasColumnName("token_count");
            builder.Property(batch => batch.KeepsSeries).HasColumnName("keeps_series");
            builder.Property(batch => batch.Total).HasColumnName("total");
            builder.Property(batch => batch.CreatedAt).HasColumnName("created_at");
            builder.Property(batch => batch.CreatedBy).HasColumnName("created_by").HasMaxLength(BatchRequest.LongestStartedBy);
            builder.Property(batch => batch.Intent).HasColumnName("intent").AsWord();
            builder.Property(batch => batch.Status).HasColumnName("status").AsWord();
            builder.Property(batch => batch.Completed).HasColumnName("completed");
            builder.Property(batch => batch.Failed).HasColumnName("failed");
            builder.Property(batch => batch.Claimed).HasColumnName("claimed");
            builder.Property(batch => batch.WorkSeconds).HasColumnName("work_seconds");
            builder.Property(batch => batch.RanSeconds).HasColumnName("ran_seconds");
            builder.Property(batch => batch.RunningSince).HasColumnName("running_since");
            builder.Property(batch => batch.StartedAt).HasColumnName("started_at");
            builder.Property(batch => batch.CompletedAt).HasColumnName("completed_at");
            builder.Property(batch => batch.BestPosition).HasColumnName("best_position");
            builder.Property(batch => batch.BestName).HasColumnName("best_name");
            builder.Property(batch => batch.BestPnlSol).HasColumnName("best_pnl_sol");
            builder.Property(batch => batch.Summary).HasColumnName("summary").HoldsJson();
            builder.Property(batch => batch.Revision).HasColumnName("revision");
        }
    }
}
