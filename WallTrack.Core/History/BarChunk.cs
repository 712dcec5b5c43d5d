using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.History;

/// <summary>
/// The stored bars of one token, interval and UTC day: all columns, compressed (<see cref="BarCodec"/>). The unit in
/// which bars are written, replaced and loaded: whole or not at all.
/// </summary>
public sealed class BarChunk
{
    public required string TokenAddress { get; init; }

    public required int IntervalSeconds { get; init; }

    /// <summary>UTC, of the open times.</summary>
    public required DateOnly Day { get; init; }

    public required int BarCount { get; init; }

    /// <summary>SHA-256 of the uncompressed columns: equal bars, equal hash, on every machine and database.</summary>
    public required byte[] ContentHash { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BarChunk>
    {
        public void Configure(EntityTypeBuilder<BarChunk> builder)
        {
            builder.ToTable("bar_chunks");
            builder.HasKey(chunk => new { chunk.TokenAddress, chunk.IntervalSeconds, chunk.Day });
            builder.HasIndex(chunk => chunk.Day);
            builder.Property(chunk => chunk.TokenAddress).HasColumnName("token_address");
            builder.Property(chunk => chunk.IntervalSeconds).HasColumnName("interval_seconds");
            builder.Property(chunk => chunk.Day).HasColumnName("day");
            builder.Property(chunk => chunk.BarCount).HasColumnName("bar_count");
            builder.Property(chunk => chunk.ContentHash).HasColumnName("content_hash");
            builder.Property(chunk => chunk.Data).HasColumnName("data");
        }
    }
}
