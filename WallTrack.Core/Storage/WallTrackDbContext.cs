using Microsoft.EntityFrameworkCore;

namespace WallTrack.Storage;

/// <summary>The one model that SQLite and PostgreSQL share; it is the repository, there is none above it.</summary>
/// <remarks>Empty for now: the tables come with the history import.</remarks>
public sealed class WallTrackDbContext(DbContextOptions<WallTrackDbContext> options) : DbContext(options)
{
    // Each room maps its own types (IEntityTypeConfiguration beside the type), so that Storage imports no room.
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WallTrackDbContext).Assembly);
}
