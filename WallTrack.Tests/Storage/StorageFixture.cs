using Microsoft.Data.Sqlite;
using WallTrack.History;
using WallTrack.Storage;

namespace WallTrack.Tests.Storage;

/// <summary>The two products that the contract suite runs on.</summary>
public enum Product
{
    Sqlite,
    PostgreSql,
}

/// <summary>An empty database of a test's own, set up, on either product.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;

    private TestDatabase(Database database, TemporaryFolder? folder) => (Database, _folder) = (database, folder);

    public Database Database { get; }

    public HistoryImporter Importer => new(Database.CreateContextFactory(), Database, TimeProvider.System);

    public HistoryLibrary Library => new(Database.CreateContextFactory());

    public ImportLog Log => new(Database.CreateContextFactory());

    public static async Task<TestDatabase> CreateAsync(Product product, PostgreSqlServer server)
    {
        var folder = product == Product.Sqlite ? new TemporaryFolder() : null;
        var database = Database.Of(folder is null ? await server.NewDatabaseAsync() : $"Data Source={folder.At("walltrack.db")}");
        await database.SetUpAsync();
        return new(database, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        SqliteConnection.ClearAllPools();
        await _folder.DisposeAsync();
    }
}
