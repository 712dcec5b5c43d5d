using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace WallTrack.Storage;

/// <summary>A server that several machines may share.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    internal PostgreSqlDatabase(string connectionString)
        : base(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "WallTrack" }.ToString())
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

    /// <remarks>Classes 08 (connection), 40 (deadlock), 53 (disk full, too many clients), 55 (locked), 57 (shutting down), 58 (system).</remarks>
    private protected override bool IsPassing(DbException failure) =>
        failure is PostgresException { SqlState: { Length: 5 } state } ? state[..2] is "08" or "40" or "53" or "55" or "57" or "58" : failure is NpgsqlException;

    private protected override async Task<IDbContextTransaction> BeginAsync(WallTrackDbContext context, Durability durability, CancellationToken cancellation)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (durability == Durability.Soon)
            await context.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit = off", cancellation);
        return transaction;
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
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = wait ? "SELECT pg_advisory_lock(@key) IS NOT NULL" : "SELECT pg_try_advisory_lock(@key)";
            command.Parameters.AddWithValue("key", BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"walltrack {name}"))));
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }
}
