using Microsoft.EntityFrameworkCore;
using WallTrack.Batches.Packing;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>Which results of a batch, in which order.</summary>
/// <param name="SortBy">The name of a metric, or null for the order of the batch.</param>
/// <param name="Name">Part of the scenario's name, whatever its case.</param>
public sealed record ResultQuery(Guid BatchId, string? SortBy = null, bool IsDescending = true, int Skip = 0, int Take = 50, ResultStatus? Status = null, string? Name = null);

/// <param name="Count">Of all that match.</param>
public sealed record ResultPage(IReadOnlyList<ResultFigures> Results, int Count);

/// <summary>A result's trades and equity curve, or the reason why they cannot be had.</summary>
public sealed record SeriesAnswer(ResultSeries? Series, string? Refusal);

/// <summary>Reads the results of batches; pages are sorted and cut in the database.</summary>
public sealed class BatchResults
{
    private const int DeepRow = 5_000;
    private readonly Database _database;
    private readonly HistoryLibrary _library;
    private readonly BatchWorks _works;
    private readonly SharedReads<ResultQuery, ResultPage> _pages = new();
    private readonly SharedReads<(Guid, string), IReadOnlyDictionary<string, double>> _bests = new();

    internal BatchResults(Database database, HistoryLibrary library, BatchWorks works) => (_database, _library, _works) = (database, library, works);

    /// <summary>Undefined figures come last, whatever the order; failed results after all others.</summary>
    public Task<ResultPage> PageAsync(ResultQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _pages.ReadAsync(query, () => ReadPageAsync(query, CancellationToken.None), cancellation);
    }

    /// <summary>The best value so far of each of those metrics, by name; those that nobody has, or of which more is not better or worse, are left out.</summary>
    public Task<IReadOnlyDictionary<string, double>> BestAsync(Guid batch, IEnumerable<Metric> metrics, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var sought = metrics.Where(metric => metric.Better != Better.Neither).ToList();
        return _bests.ReadAsync((batch, string.Join(',', sought.Select(metric => metric.Name))), () => ReadBestAsync(batch, sought, CancellationToken.None), cancellation);
    }

    /// <summary>Those results of a batch, in the order of the batch.</summary>
    public async Task<IReadOnlyList<BacktestResult>> ListAsync(Guid batch, IReadOnlyCollection<int> positions, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        return await context.Set<BacktestResult>().Where(result => result.BatchId == batch && positions.Contains(result.Position)).OrderBy(result => result.Position).ToListAsync(cancellation);
    }

    /// <summary>All results of a batch, in its order, a few at a time.</summary>
    public async IAsyncEnumerable<BacktestResult> AllAsync(Guid batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        await foreach (var result in context.Set<BacktestResult>().Where(result => result.BatchId == batch).OrderBy(result => result.Position).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return result;
    }

    /// <summary>Null when there is none of that id.</summary>
    public async Task<BacktestResult?> FindAsync(Guid result, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        return await context.Set<BacktestResult>().SingleOrDefaultAsync(row => row.Id == result, cancellation);
    }

    /// <summary>As stored; or, where they are not kept, found again by a replay over exactly the same history.</summary>
    public async Task<SeriesAnswer> SeriesAsync(BacktestResult result, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Status != ResultStatus.Completed)
            return new(null, "A failed scenario has no trades.");
        await using var context = _database.CreateContextFactory().CreateDbContext();
        if (result.SeriesId is { } id)
        {
            var data = await context.Set<StoredSeries>().Where(stored => stored.Id == id).Select(stored => stored.Data).SingleAsync(cancellation);
            return new(SeriesReader.Read(data, result.SeriesPlace!.Value), null);
        }

        var batch = await context.Set<Batch>().Where(row => row.Id == result.BatchId).Select(BatchSnapshot.Columns).SingleAsync(cancellation);
        return await ReplayAsync(batch, ScenarioJson.Read(result.Parameters!)[0].Scenario!, cancellation);
    }

    private async Task<ResultPage> ReadPageAsync(ResultQuery query, CancellationToken cancellation)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        var figures = context.Set<ResultFigures>().Where(row => row.BatchId == query.BatchId);
        if (query.Status is { } status)
            figures = figures.Where(row => row.Status == status);
        if (query.Name is { Length: > 0 } name)
        {
            var part = name.ToUpperInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL, which has no cultures
            figures = figures.Where(row => row.ScenarioName.ToUpper().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862
        }

        var count = await figures.CountAsync(cancellation);
        var ordered = Metric.Find(query.SortBy) is not { } metric ? figures.OrderBy(row => row.Position) : Sorted(figures, metric.Name, query.IsDescending);

        // Sorted as positions alone: a database that carries whole rows through a sort takes seconds for the last of 100,000.
        var positions = await CutAsync(ordered.Select(row => row.Position), query.Skip, query.Take, cancellation);
        var rows = await context.Set<ResultFigures>().Where(row => row.BatchId == query.BatchId && positions.Contains(row.Position)).ToDictionaryAsync(row => row.Position, cancellation);
        return new([.. positions.Where(rows.ContainsKey).Select(position => rows[position])], count);
    }

    private async Task<IReadOnlyDictionary<string, double>> ReadBestAsync(Guid batch, List<Metric> sought, CancellationToken cancellation)
    {
        var best = new Dictionary<string, double>(StringComparer.Ordinal);
        await using var context = _database.CreateContextFactory().CreateDbContext();
        var figures = context.Set<ResultFigures>().Where(row => row.BatchId == batch);
        foreach (var (name, better) in sought.Select(metric => (metric.Name, metric.Better)))
        {
            var values = figures.Select(row => EF.Property<double?>(row, name));
            if (await (better == Better.Higher ? values.MaxAsync(cancellation) : values.MinAsync(cancellation)) is { } value)
                best.Add(name, value);
        }

        return best;
    }

    private async Task<SeriesAnswer> ReplayAsync(BatchSnapshot.Row batch, Scenario scenario, CancellationToken cancellation)
    {
        if (batch.EngineVersion != Simulator.EngineVersion)
            return new(null, $"The batch was simulated by engine {batch.EngineVersion}; this is engine {Simulator.EngineVersion}, whose trades may differ. Run the batch again to see trades.");
        try
        {
            var window = await _library.OpenAsync(batch.From, batch.To, batch.SolUsd, cancellation);
            if (window.Fingerprint != batch.HistoryFingerprint)
                return new(null, "The history of this window has changed since, so the trades behind these figures cannot be found again. Run the batch again to see trades.");
            var outcome = await Task.Factory.StartNew(() => _works.SimulatorOf(window).CreateWorker().Run(scenario, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return new(ResultSeries.Of(outcome.Replay!, window), null);
        }
        catch (NoHistoryException gone)
        {
            return new(null, gone.Message);
        }
    }

    /// <summary>
    /// The first rows are cut in the database, which then keeps no more than those while it sorts. SQLite keeps them in a
    /// tree, though, which far down costs ten times what sorting everything does: there the whole order is asked for, and
    /// what comes before is passed over here.
    /// </summary>
    private static async Task<List<int>> CutAsync(IQueryable<int> ordered, int skip, int take, CancellationToken cancellation)
    {
        if (skip < DeepRow)
            return await ordered.Skip(skip).Take(take).ToListAsync(cancellation);
        return await ordered.AsAsyncEnumerable().Skip(skip).Take(take).ToListAsync(cancellation);
    }

    private static IOrderedQueryable<ResultFigures> Sorted(IQueryable<ResultFigures> figures, string metric, bool descending)
    {
        var definedFirst = figures.OrderBy(row => EF.Property<double?>(row, metric) == null);
        return (descending
            ? definedFirst.ThenByDescending(row => EF.Property<double?>(row, metric))
            : definedFirst.ThenBy(row => EF.Property<double?>(row, metric))).ThenBy(row => row.Status).ThenBy(row => row.Position);
    }
}
