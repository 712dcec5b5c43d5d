using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace WallTrack.Storage;

/// <summary>When a transaction is safe from a power cut; from the end of the process it always is.</summary>
public enum Durability
{
    Now,

    /// <summary>
    /// Within moments, and in order: a power cut may take the last ones back, whole. For what can be computed again and
    /// would be slowed down by waiting for the disk.
    /// </summary>
    Soon,
}

/// <summary>Where everything is kept: a SQLite file or a PostgreSQL server. What differs between the two is behind this.</summary>
public abstract class Database
{
    private readonly Lazy<ContextFactory> _contexts;

    private protected Database(string connectionString)
    {
        ConnectionString = connectionString;
        _contexts = new(() =>
        {
            var options = new DbContextOptionsBuilder<WallTrackDbContext>().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            Configure(options);
            return new(options.Options);
        });
    }

    public string ConnectionString { get; }

    /// <summary>For messages; without a password.</summary>
    public abstract string Name { get; }

    /// <summary>A SQLite file in the user's local application data.</summary>
    public static string DefaultConnectionString
    {
        get
        {
            var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
            return $"Data Source={Path.Combine(folder, "WallTrack", "walltrack.db")}";
        }
    }

    /// <summary>Whether several machines may share it; then their jobs are kept in it, and it passes notices on to all of them.</summary>
    public virtual bool IsShared => false;

    /// <summary>Which of the two products a connection string means.</summary>
    /// <exception cref="ArgumentException">It means neither; the message is a sentence for the operator.</exception>
    public static Database Of(string? connectionString)
    {
        connectionString ??= DefaultConnectionString;
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException("The database is not an ADO connection string such as \"Data Source=walltrack.db\" or \"Host=localhost;Database=walltrack;Username=me\".", exception);
        }

        return parts.ContainsKey("Host") || parts.ContainsKey("Server") ? new PostgreSqlDatabase(connectionString)
            : parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename") ? new SqliteDatabase(connectionString)
            : throw new ArgumentException("The database names neither a SQLite file (\"Data Source=walltrack.db\") nor a PostgreSQL server (\"Host=localhost;Database=walltrack;Username=me\").");
    }

    public IDbContextFactory<WallTrackDbContext> CreateContextFactory() => _contexts.Value;

    /// <summary>
    /// Creates the database where there is none, and brings its tables up to date. Several processes may do so at once:
    /// one does it, the others wait.
    /// </summary>
    public abstract Task SetUpAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Takes a lock that only one process at a time holds, or null when another has it. It is gone with the process that
    /// took it, however that ends.
    /// </summary>
    /// <param name="isLasting">False for a name that nobody takes again once it was let go; nothing is left of it then.</param>
    public abstract Task<IAsyncDisposable?> TryLockAsync(string name, bool isLasting = true, CancellationToken cancellation = default);

    /// <summary>
    /// Runs changes that belong together in one transaction, which is taken back when they throw. Writers of one process
    /// wait for each other where the product lets only one write.
    /// </summary>
    public Task<T> InTransactionAsync<T>(Func<WallTrackDbContext, Task<T>> change, CancellationToken cancellation = default) => InTransactionAsync(change, Durability.Now, cancellation);

    /// <inheritdoc cref="InTransactionAsync{T}(Func{WallTrackDbContext, Task{T}}, CancellationToken)"/>
    public virtual async Task<T> InTransactionAsync<T>(Func<WallTrackDbContext, Task<T>> change, Durability durability, CancellationToken cancellation = default)
    {
        await using var context = CreateContextFactory().CreateDbContext();
        await context.Database.OpenConnectionAsync(cancellation);
        await using var transaction = await BeginAsync(context, durability, cancellation);
        var result = await change(context);
        await transaction.CommitAsync(CancellationToken.None); // nobody could say what became of a commit that was broken off
        return result;
    }

    /// <summary>
    /// Whether the same may well succeed later: the server is away or restarting, the disk is full, another transaction
    /// was in the way.
    /// </summary>
    public bool IsPassing(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException or System.Net.Sockets.SocketException or IOException || (cause is DbException failure && IsPassing(failure)))
                return true;
        }

        return false;
    }

    /// <summary>What its clock says, where it has one of its own; else null.</summary>
    public virtual Task<DateTimeOffset?> NowAsync(WallTrackDbContext context, CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Has jobs kept in it, for all the machines that share it.</summary>
    /// <exception cref="NotSupportedException">It is not shared.</exception>
    public virtual void KeepJobs(IQuartzBuilder quartz) => throw new NotSupportedException("Only a shared database keeps jobs.");

    /// <summary>
    /// Sends a notice of up to 7,000 bytes to every process that listens, this one included; those that do not listen at
    /// this moment never hear it. Nothing happens where the database is not shared.
    /// </summary>
    public virtual Task SendAsync(string notice, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>Hears notices until it is cancelled, or the connection breaks, which throws.</summary>
    /// <param name="began">Called once, when notices sent from now on are heard.</param>
    /// <param name="heard">Called with each, one after another.</param>
    /// <param name="cancellation">Ends it.</param>
    public virtual Task ListenAsync(Action began, Action<string> heard, CancellationToken cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Whether its tables can be read now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation = default)
    {
        try
        {
            await using var context = CreateContextFactory().CreateDbContext();
            return (await context.Database.GetAppliedMigrationsAsync(cancellation)).Any();
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            return false;
        }
    }

    /// <summary>Closes connections that wait to be used again: when one of them is found dead, so may the others be.</summary>
    public virtual void DropIdleConnections()
    {
    }

    /// <summary>What the product wants done now and then, apart from everybody's waiting.</summary>
    public virtual Task TidyAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    private protected abstract bool IsPassing(DbException failure);

    private protected abstract Task<IDbContextTransaction> BeginAsync(WallTrackDbContext context, Durability durability, CancellationToken cancellation);

    private protected abstract void Configure(DbContextOptionsBuilder<WallTrackDbContext> options);

    private sealed class ContextFactory(DbContextOptions<WallTrackDbContext> options) : IDbContextFactory<WallTrackDbContext>
    {
        public WallTrackDbContext CreateDbContext() => new(options);
    }
}

public static class StorageServices
{
    /// <summary>The database, and contexts on it.</summary>
    public static IServiceCollection AddWallTrackStorage(this IServiceCollection services, Database database) =>
        services.AddSingleton(database).AddSingleton(database.CreateContextFactory());
}
