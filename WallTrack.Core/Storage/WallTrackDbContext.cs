using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WallTrack.Storage;

/// <summary>The one model that SQLite and PostgreSQL share; it is the repository, there is none above it.</summary>
public sealed class WallTrackDbContext(DbContextOptions<WallTrackDbContext> options) : DbContext(options)
{
    // Each room maps its own types (IEntityTypeConfiguration beside the type), so that Storage imports no room.
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WallTrackDbContext).Assembly);
        if (Database.IsNpgsql())
            JsonColumns.AsJsonb(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    /// <summary>SQLite gives instants back without saying that they are UTC; they always are.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        instant => instant,
        stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));
}
