using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace WallTrack.Storage;

/// <summary>One file, embedded in the process; other processes on the same machine may share it.</summary>
#pragma warning disable CA1001 // the semaphore lives as long as the process and never makes a handle
internal sealed class SqliteDatabase : Database
#pragma warning restore CA1001
{
    private const long AmpleRoom = 256_000_000; // bytes: four times what the log may grow to
    private readonly string _file;
    private readonly SemaphoreSlim _writing = new(1);

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

    public override Task<IAsyncDisposable?> TryLockAsync(string name, bool isLasting = true, CancellationToken cancellation = default)
    {
        try
        {
            // The system lets go of it with the process. A lasting lock's file stays: deleting it would let a second holder in.
            return Task.FromResult<IAsyncDisposable?>(new FileStream($"{_file}.{name}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                isLasting ? FileOptions.None : FileOptions.DeleteOnClose));
        }
        catch (IOException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    /// <summary>One writer at a time: within the process in the order they came, which SQLite's own waiting does not keep.</summary>
    public override async Task<T> InTransactionAsync<T>(Func<WallTrackDbContext, Task<T>> change, Durability durability, CancellationToken cancellation = default)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            return await base.InTransactionAsync(change, durability, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Brings what commits left in the write-ahead log into the file, beside the writers. Where room is short it does the
    /// rest while none writes, so that the log starts over: under steady writing it would else grow to 64 MB, and fill a
    /// small disk. That is not done always, because many readers make it slow and the writers wait.
    /// </summary>
    public override async Task TidyAsync(CancellationToken cancellation = default)
    {
        const string Checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
        await using var context = CreateContextFactory().CreateDbContext();
        await context.Database.ExecuteSqlRawAsync(Checkpoint, cancellation);
        if (new DriveInfo(_file).AvailableFreeSpace > AmpleRoom)
            return;
        await _writing.WaitAsync(cancellation);
        try
        {
            await context.Database.ExecuteSqlRawAsync(Checkpoint, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    private protected override async Task<IDbContextTransaction> BeginAsync(WallTrackDbContext context, Durability durability, CancellationToken cancellation)
    {
        if (durability == Durability.Soon)
            await context.Database.ExecuteSqlRawAsync("PRAGMA synchronous = NORMAL", cancellation);
        return await context.Database.BeginTransactionAsync(cancellation);
    }

    private protected override bool IsPassing(DbException failure) =>
        failure is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL };

    private protected override void Configure(DbContextOptionsBuilder<WallTrackDbContext> options) => options
        .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly("WallTrack.Migrations.Sqlite"))
        .AddInterceptors(new Settings());

    private async Task<IAsyncDisposable> WaitForLockAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryLockAsync(name, cancellation: cancellation) is { } held)
            {
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }

    /// <summary>
    /// Of each connection, each time that it is taken from the pool. Waiting for another process's transaction is SQLite's
    /// own affair, in steps of milliseconds; the provider alone would look again only every 150 ms. The log is brought
    /// into the file apart from commits (<see cref="TidyAsync"/>), by one of them only when it has grown to 64 MB.
    /// </summary>
    private sealed class Settings : DbConnectionInterceptor
    {
        private const string Sql = "PRAGMA busy_timeout = 20000; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
