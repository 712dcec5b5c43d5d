using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Quartz;

namespace WallTrack.Storage;

/// <summary>A server that several machines may share.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private const string Channel = "walltrack";
    private const int SecondsToAnswer = 3; // for what takes no time: a connection that does not answer is no longer one

    // Whoever is frozen or cut off in mid-transaction holds locks that others need: the server takes its transaction back,
    // and finds out within seconds that a machine no longer answers.
    private const string Limits = "-c idle_in_transaction_session_timeout=10000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000";

    internal PostgreSqlDatabase(string connectionString)
        : base(WithLimits(new(connectionString)))
    {
    }

    public override string Name
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"{parts.Database} on {parts.Host}:{parts.Port}";
        }
    }

    public override async Task SetUpAsync(CancellationToken cancellation = default)
    {
        await CreateIfMissingAsync(cancellation);
        await using var turn = await LockAsync("setup", wait: true, cancellation);
        await using var context = CreateContextFactory().CreateDbContext();
        await context.Database.MigrateAsync(cancellation);
    }

    public override async Task<IAsyncDisposable?> TryLockAsync(string name, bool isLasting = true, CancellationToken cancellation = default) =>
        await LockAsync(name, wait: false, cancellation);

    public override bool IsShared => true;

    /// <remarks>
    /// A machine that is gone is noticed after eight seconds at most, and its jobs start elsewhere. Its tables are made by
    /// a migration. A job that waits for a free machine is no misfire: it keeps its place in the queue.
    /// </remarks>
    public override void KeepJobs(IQuartzBuilder quartz)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.GenerateInstanceId = true;
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(2); // a free machine's look for jobs; they get in each other's way
            scheduler.MaxBatchSize = 1; // one machine must not take what others are free for
        });
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, ConnectionString);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)));
            store.ConfigureStore(jobs => (jobs.MisfireThreshold, jobs.DbRetryInterval) = (TimeSpan.FromDays(1), TimeSpan.FromSeconds(1)));
        });
    }

    public override void DropIdleConnections()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    public override async Task<DateTimeOffset?> NowAsync(WallTrackDbContext context, CancellationToken cancellation) =>
        await context.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellation);

    public override async Task SendAsync(string notice, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_notify('{Channel}', @notice)";
        command.Parameters.AddWithValue("notice", notice);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <remarks>A connection of its own, which asks the server every ten seconds whether it is still there.</remarks>
    public override async Task ListenAsync(Action began, Action<string> heard, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, KeepAlive = 10 }.ToString());
        await connection.OpenAsync(cancellation);
        connection.Notification += (_, notice) => heard(notice.Payload);
        await using var command = connection.CreateCommand();
        command.CommandText = $"LISTEN {Channel}";
        await command.ExecuteNonQueryAsync(cancellation);
        began();
        while (true)
            await connection.WaitAsync(cancellation);
    }

    /// <remarks>
    /// Classes 08 (connection), 40 (deadlock), 53 (disk full, too many clients), 55 (locked), 57 (shutting down), 58 (system);
    /// 25P03 and 25P04 (a transaction that took too long was taken back), 25006 (read-only for now, after a failover).
    /// </remarks>
    private protected override bool IsPassing(DbException failure) =>
        failure is PostgresException { SqlState: { Length: 5 } state } ? state[..2] is "08" or "40" or "53" or "55" or "57" or "58" || state is "25P03" or "25P04" or "25006"
        : failure is NpgsqlException;

    private protected override async Task<IDbContextTransaction> BeginAsync(WallTrackDbContext context, Durability durability, CancellationToken cancellation)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (durability == Durability.Soon)
            await context.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit = off", cancellation);
        return transaction;
    }

    private static string WithLimits(NpgsqlConnectionStringBuilder parts)
    {
        parts.ApplicationName = "WallTrack";
        if (parts.Options?.Contains(Limits, StringComparison.Ordinal) != true)
            parts.Options = $"{parts.Options} {Limits}".Trim();
        return parts.ToString();
    }

    private protected override void Configure(DbContextOptionsBuilder<WallTrackDbContext> options) =>
        options.UseNpgsql(ConnectionString, postgres => postgres.MigrationsAssembly("WallTrack.Migrations.PostgreSql"));

    /// <summary>Two processes may both try: the second is told that it exists, which is just what it wanted.</summary>
    private async Task CreateIfMissingAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync(cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            var name = parts.Database!;
            parts.Database = "postgres";
            parts.Pooling = false;
            await using var connection = new NpgsqlConnection(parts.ToString());
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            try
            {
                await command.ExecuteNonQueryAsync(cancellation);
            }
            catch (PostgresException second) when (second.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
            }
        }
    }

    /// <summary>An advisory lock of a connection of its own: the server lets go of it with the connection.</summary>
    private async Task<IAsyncDisposable?> LockAsync(string name, bool wait, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, CommandTimeout = wait ? 0 : SecondsToAnswer, CancellationTimeout = -1 }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = wait ? "SELECT pg_advisory_lock(@key) IS NOT NULL" : "SELECT pg_try_advisory_lock(@key)";
            command.Parameters.AddWithValue("key", BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"walltrack {name}"))));
            if (await command.ExecuteScalarAsync(cancellation) is true)
                return new HeldLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private sealed class HeldLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // The server lets go of a closed connection's locks too, but only some time after the client has gone on.
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT pg_advisory_unlock_all()";
                command.CommandTimeout = SecondsToAnswer;
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception failure) when (failure is DbException or InvalidOperationException or TimeoutException)
            {
                // The connection is gone already, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
