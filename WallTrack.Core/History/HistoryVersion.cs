using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.History;

/// <summary>A counter that goes up with every lot of rows stored, so that whoever keeps a loaded window knows when it is old.</summary>
public sealed class HistoryVersion
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required long Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HistoryVersion>
    {
        public void Configure(EntityTypeBuilder<HistoryVersion> builder)
        {
            builder.ToTable("history_version");
            builder.HasKey(version => version.Id);
            builder.Property(version => version.Id).HasColumnName("id").ValueGeneratedNever();
            builder.Property(version => version.Version).HasColumnName("version");
            builder.HasData(new HistoryVersion { Id = OnlyId, Version = 0 });
        }
    }
}
