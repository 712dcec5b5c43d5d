using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace WallTrack.Storage;

/// <summary>One file, embedded in the process; other processes on the same machine may share it.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _file;

    internal SqliteDatabase(string connectionString)
        : base(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ToString())
    {
        _file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
    }

    public override string Name => _file;

    public override async Task SetUpAsync(CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        await using var turn = await WaitForLockAsync("setup", cancellation);
        await using var context = CreateContextFactory().CreateDbContext();

        // Readers and the writer do not block each other; kept in the file from now on.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);

        // EF Core's own lock is a table, which a killed process leaves behind; whoever holds the file lock may clear it away.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        await context.Database.MigrateAsync(cancellation);
    }

    public override Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            // The system lets go of it with the process. The file itself stays: deleting it would let a second holder in.
            return Task.FromResult<IAsyncDisposable?>(new FileStream($"{_file}.{name}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    private protected override void Configure(DbContextOptionsBuilder<WallTrackDbContext> options) =>
        options.UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly("WallTrack.Migrations.Sqlite"));

    private async Task<IAsyncDisposable> WaitForLockAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryLockAsync(name, cancellation) is { } held)
            {
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }
}
