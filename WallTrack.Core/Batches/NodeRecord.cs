using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WallTrack.Storage;

namespace WallTrack.Batches;

public enum NodeRole
{
    /// <summary>Serves pages and works.</summary>
    Server,

    /// <summary>Works on every batch that is to run.</summary>
    Worker,

    /// <summary>One run of a verb, which works on its own batch only.</summary>
    Verb,
}

/// <summary>A process that takes part in the work, as it described itself with its last beat.</summary>
public sealed class NodeRecord
{
    public const int LongestName = 100;
    public const int LongestNote = 500;

    public required Guid Id { get; init; }

    /// <summary>Of the machine, unless the operator gave another.</summary>
    public required string Name { get; init; }

    public required NodeRole Role { get; init; }

    /// <summary>Of the program.</summary>
    public required string Version { get; init; }

    public required string EngineVersion { get; init; }

    public required int Cores { get; init; }

    /// <summary>By the database's clock.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Goes up while it lives. Others see by their own clocks whether it does: no decision rests on two clocks.</summary>
    public required long Beat { get; init; }

    /// <summary>By the database's clock.</summary>
    public required DateTime BeatAt { get; init; }

    /// <summary>Simulations under way, at most as many as it has cores.</summary>
    public required int Busy { get; init; }

    /// <summary>Share of its cores that the process used since the beat before, 0 … 1.</summary>
    public required double Cpu { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>Since its start.</summary>
    public required long SlicesDone { get; init; }

    /// <summary>Why it leaves work alone; null when it does not.</summary>
    public required string? Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<NodeRecord>
    {
        public void Configure(EntityTypeBuilder<NodeRecord> builder)
        {
            builder.ToTable("nodes");
            builder.HasKey(node => node.Id);
            builder.Property(node => node.Id).HasColumnName("id");
            builder.Property(node => node.Name).HasColumnName("name").HasMaxLength(LongestName);
            builder.Property(node => node.Role).HasColumnName("role").AsWord();
            builder.Property(node => node.Version).HasColumnName("version").HasMaxLength(50);
            builder.Property(node => node.EngineVersion).HasColumnName("engine_version").HasMaxLength(20);
            builder.Property(node => node.Cores).HasColumnName("cores");
            builder.Property(node => node.StartedAt).HasColumnName("started_at");
            builder.Property(node => node.Beat).HasColumnName("beat");
            builder.Property(node => node.BeatAt).HasColumnName("beat_at");
            builder.Property(node => node.Busy).HasColumnName("busy");
            builder.Property(node => node.Cpu).HasColumnName("cpu");
            builder.Property(node => node.MemoryBytes).HasColumnName("memory_bytes");
            builder.Property(node => node.SlicesDone).HasColumnName("slices_done");
            builder.Property(node => node.Note).HasColumnName("note").HasMaxLength(LongestNote);
        }
    }
}
