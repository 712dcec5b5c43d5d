using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.History;

public enum ImportKind
{
    Signals,
    Bars,
    MadeUp,
}

/// <summary>What became of one file: rows = accepted + replaced + duplicates + rejected.</summary>
public sealed class ImportRecord
{
    public required Guid Id { get; init; }

    public required ImportKind Kind { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as it is on disk, hexadecimal.</summary>
    public required string FileHash { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime CompletedAt { get; init; }

    public required long Rows { get; init; }

    /// <summary>Signals or bars that were not known before.</summary>
    public required long Accepted { get; init; }

    /// <summary>Bars that were known with other values.</summary>
    public required long Replaced { get; init; }

    /// <summary>Rows that repeat what is known, in every value.</summary>
    public required long Duplicates { get; init; }

    public required long Rejected { get; init; }

    /// <summary>How many rows by <see cref="RejectReason"/>.</summary>
    public required Dictionary<string, long> RejectedByReason { get; init; }

    /// <summary>What was kept but looks odd, by <see cref="ImportWarning"/>.</summary>
    public required Dictionary<string, long> Warnings { get; init; }

    public required List<string> IgnoredColumns { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRecord>
    {
        public void Configure(EntityTypeBuilder<ImportRecord> builder)
        {
            builder.ToTable("imports");
            builder.HasKey(import => import.Id);
            builder.HasIndex(import => import.StartedAt);
            builder.Property(import => import.Id).HasColumnName("id");
            builder.Property(import => import.Kind).HasColumnName("kind").HasConversion<string>().HasMaxLength(20);
            builder.Property(import => import.FileName).HasColumnName("file_name");
            builder.Property(import => import.FileHash).HasColumnName("file_hash").HasMaxLength(64);
            builder.Property(import => import.StartedAt).HasColumnName("started_at");
            builder.Property(import => import.CompletedAt).HasColumnName("completed_at");
            builder.Property(import => import.Rows).HasColumnName("row_count");
            builder.Property(import => import.Accepted).HasColumnName("accepted");
            builder.Property(import => import.Replaced).HasColumnName("replaced");
            builder.Property(import => import.Duplicates).HasColumnName("duplicates");
            builder.Property(import => import.Rejected).HasColumnName("rejected");
            AsJson(builder.Property(import => import.RejectedByReason).HasColumnName("rejected_by_reason"));
            AsJson(builder.Property(import => import.Warnings).HasColumnName("warnings"));
            AsJson(builder.Property(import => import.IgnoredColumns).HasColumnName("ignored_columns"));
        }

        private static void AsJson<T>(PropertyBuilder<T> property)
            where T : class => property.HasConversion(
                value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Default)!,
                new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value.GetHashCode(), value => value));
    }
}

/// <summary>What an import keeps but reports.</summary>
public static class ImportWarning
{
    public const string OutOfOrder = "rows out of order, sorted";
    public const string WideBar = "bars whose high is at least 100 times their low";
    public const string Gaps = "gaps between bars of one day";
}

/// <summary>Some of an import's rejected rows: gzipped CSV with the columns line, reason, text.</summary>
public sealed class ImportRejects
{
    public required Guid ImportId { get; init; }

    /// <summary>From 0.</summary>
    public required int Part { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRejects>
    {
        public void Configure(EntityTypeBuilder<ImportRejects> builder)
        {
            builder.ToTable("import_rejects");
            builder.HasKey(rejects => new { rejects.ImportId, rejects.Part });
            builder.HasOne<ImportRecord>().WithMany().HasForeignKey(rejects => rejects.ImportId);
            builder.Property(rejects => rejects.ImportId).HasColumnName("import_id");
            builder.Property(rejects => rejects.Part).HasColumnName("part");
            builder.Property(rejects => rejects.Data).HasColumnName("data");
        }
    }
}
