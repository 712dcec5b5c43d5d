using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WallTrack.Storage;

Console.Error.WriteLine("This program only serves `dotnet ef`; the product is WallTrack.Dashboard.");
return 2;

/// <summary>
/// Gives <c>dotnet ef</c> the model on the database product named after <c>--</c>: <c>sqlite</c> or <c>postgresql</c>.
/// Neither connection is ever opened by <c>migrations add</c>.
/// </summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<WallTrackDbContext>
{
    public WallTrackDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<WallTrackDbContext>();
        return args switch
        {
            ["sqlite"] => new(options.UseSqlite("Data Source=:memory:",
                sqlite => sqlite.MigrationsAssembly("WallTrack.Migrations.Sqlite")).Options),
            ["postgresql"] => new(options.UseNpgsql("Host=127.0.0.1;Database=design",
                postgres => postgres.MigrationsAssembly("WallTrack.Migrations.PostgreSql")).Options),
            _ => throw new ArgumentException(
                $"Name the database product after --: sqlite or postgresql; got '{string.Join(' ', args)}'."),
        };
    }
}
