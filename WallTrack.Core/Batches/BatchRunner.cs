using Microsoft.EntityFrameworkCore;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>A page of batches, newest first.</summary>
/// <param name="Count">Of all that match.</param>
public sealed record BatchPage(IReadOnlyList<BatchSnapshot> Batches, int Count);

/// <summary>
/// The one door to batches, for pages and verbs. What it starts belongs to the process, not to whoever started it: closing
/// the page changes nothing. Commands that are not legal now return false and change nothing.
/// </summary>
public sealed class BatchRunner
{
    /// <summary>Batches up to this size keep the trades and equity curves of all results.</summary>
    public const int MostWithSeries = 2_000;

    private readonly Database _database;
    private readonly HistoryLibrary _library;
    private readonly ScenarioCatalogue _catalogue;
    private readonly SliceLedger _ledger;
    private readonly BatchWorks _works;
    private readonly PumpSchedule _pumps;
    private readonly BatchFeed _feed;
    private readonly Node _node;
    private readonly Neighbours _neighbours;
    private readonly Bell _bell;
    private readonly TimeProvider _time;

    internal BatchRunner(Database database, HistoryLibrary library, ScenarioCatalogue catalogue, SliceLedger ledger, BatchWorks works, PumpSchedule pumps, BatchFeed feed, Node node, Neighbours neighbours, Bell bell, TimeProvider time) =>
        (_database, _library, _catalogue, _ledger, _works, _pumps, _feed, _node, _neighbours, _bell, _time) = (database, library, catalogue, ledger, works, pumps, feed, node, neighbours, bell, time);

    /// <summary>Of all processes that share the work: as many scenarios can be simulated at once.</summary>
    public int Cores => _neighbours.Cores(_node.EngineVersion);

    /// <summary>Stores the batch with all that it depends on, and sets it going.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="BatchRefusedException">The request has a fault.</exception>
    /// <exception cref="NoHistoryException">There is nothing to replay in the window, or no SOL price.</exception>
    public async Task<Guid> StartAsync(BatchRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Fault is { } fault)
            throw new BatchRefusedException(fault);
        var members = await MembersAsync(request, cancellation);
        var window = await _library.OpenAsync(request.From, request.To, request.SolUsd, cancellation);
        var now = _time.GetUtcNow().UtcDateTime;
        var batch = new Batch
        {
            Id = Guid.CreateVersion7(now),
            Name = StorableText.Of(request.Name).Trim() is { Length: > 0 } name ? name : NameOf(members, request.From, request.To),
            ScenarioIds = [.. members.Select(member => member.ScenarioId)],
            From = request.From,
            To = request.To,
            MaxWorkers = request.Workers,
            SolUsd = request.SolUsd,
            HistoryFingerprint = window.Fingerprint,
            EngineVersion = _node.EngineVersion,
            SignalCount = window.Signals.Count,
            TokenCount = window.Signals.TokenAddresses.Length,
            KeepsSeries = members.Count <= MostWithSeries,
            Total = members.Count,
            CreatedAt = now,
            CreatedBy = StorableText.Of(request.StartedBy),
        };
        var slices = SlicePlan.Cut(members.Count, window.Signals.Count, Cores, position => SharesExits(members[position - 1], members[position])).Select(cut => new Slice { BatchId = batch.Id, FirstPosition = cut.First, Count = cut.Count });
        await _database.InTransactionAsync(async context =>
        {
            context.Add(batch);
            context.AddRange(slices);
            await context.SaveChangesAsync(cancellation);
            await BulkInsert.RowsAsync(context, MemberChunk.Mapping.Table, MemberChunk.Mapping.Columns, MemberChunk.Of(batch.Id, members).Select(MemberChunk.Mapping.Row), cancellation);
            return batch.Id;
        }, cancellation);

        _node.Mind(batch.Id);
        _works.Remember(batch.Id, members);
        _bell.Ring(batch.Id);
        await _pumps.BeginAsync(batch.Id, batch.MaxWorkers, batch.Total);
        return batch.Id;
    }

    /// <summary>Stops what is running within a second and starts nothing new; results stay.</summary>
    public async Task<bool> CancelAsync(Guid batch, CancellationToken cancellation = default)
    {
        var cancelled = await _ledger.IntendAsync(batch, BatchIntent.Stop, status => status is BatchStatus.Pending or BatchStatus.Running, cancellation);
        if (cancelled)
            _pumps.Interrupt(batch);
        return cancelled;
    }

    /// <summary>Runs exactly what is missing.</summary>
    public async Task<bool> ResumeAsync(Guid batch, CancellationToken cancellation = default) =>
        await _ledger.IntendAsync(batch, BatchIntent.Run, status => status is BatchStatus.Cancelled or BatchStatus.Running, cancellation)
        && await GoOnAsync(batch, cancellation);

    /// <summary>Runs the failed scenarios once more. A batch that was cancelled goes on with all that it lacks.</summary>
    /// <returns>How many had failed.</returns>
    public Task<int> RetryFailedAsync(Guid batch, CancellationToken cancellation = default) => RetryAsync(batch, null, cancellation);

    /// <summary>The same for some of them.</summary>
    /// <param name="positions">What has not failed is left alone.</param>
    /// <returns>How many had failed.</returns>
    public Task<int> RetryFailedAsync(Guid batch, IReadOnlyCollection<int> positions, CancellationToken cancellation = default) => RetryAsync(batch, positions, cancellation);

    private async Task<int> RetryAsync(Guid batch, IReadOnlyCollection<int>? positions, CancellationToken cancellation)
    {
        var retried = await _ledger.RetryAsync(batch, positions, cancellation);
        if (retried > 0)
            await GoOnAsync(batch, cancellation);
        return retried;
    }

    /// <summary>Deletes the batch and all its results; not while it runs.</summary>
    public Task<bool> DeleteAsync(Guid batch, CancellationToken cancellation = default) => _ledger.DeleteAsync(batch, cancellation);

    /// <returns>False when there is no such batch, or the name is empty or too long.</returns>
    public async Task<bool> RenameAsync(Guid batch, string name, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var trimmed = StorableText.Of(name).Trim();
        if (trimmed.Length is 0 or > BatchRequest.LongestName)
            return false;
        var renamed = await _database.InTransactionAsync(context => context.Set<Batch>().Where(row => row.Id == batch)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, trimmed).SetProperty(row => row.Revision, row => row.Revision + 1), cancellation), cancellation);
        _bell.Ring(batch);
        return renamed == 1;
    }

    /// <summary>The batch as it is, then its latest state, at most every 200 ms; ends when it is deleted.</summary>
    public IAsyncEnumerable<BatchSnapshot> WatchAsync(Guid batch, CancellationToken cancellation = default) => _feed.WatchAsync(batch, cancellation);

    /// <summary>Null when there is no such batch.</summary>
    public Task<BatchSnapshot?> GetAsync(Guid batch, CancellationToken cancellation = default) => _feed.ReadAsync(batch, cancellation);

    /// <summary>Null while it is not over.</summary>
    public async Task<BatchSummary?> GetSummaryAsync(Guid batch, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        return BatchSummary.FromJson(await context.Set<Batch>().Where(row => row.Id == batch).Select(row => row.Summary).SingleOrDefaultAsync(cancellation));
    }

    /// <summary>Its scenarios as they were when it was started, in its order; those that did not exist are left out.</summary>
    public async Task<IReadOnlyList<Scenario>> GetScenariosAsync(Guid batch, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        var chunks = await context.Set<MemberChunk>().Where(chunk => chunk.BatchId == batch).OrderBy(chunk => chunk.FirstPosition).ToListAsync(cancellation);
        return [.. chunks.SelectMany(chunk => chunk.Unpack()).Select(member => member.Scenario).OfType<Scenario>()];
    }

    /// <summary>Its scenarios without a result, in its order.</summary>
    /// <param name="name">Part of the scenario's name, whatever its case, for batches that are not too large for that; empty: all.</param>
    public async Task<UndonePage> ListUndoneAsync(Guid batch, string? name = null, int skip = 0, int take = 50, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        return await UndoneScenarios.ReadAsync(context, batch, name, skip, take, cancellation);
    }

    /// <param name="status">Null: all.</param>
    public async Task<BatchPage> ListAsync(int skip = 0, int take = 50, BatchStatus? status = null, CancellationToken cancellation = default)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        var batches = context.Set<Batch>().Where(batch => status == null || batch.Status == status);
        var count = await batches.CountAsync(cancellation);
        var rows = await batches.OrderByDescending(batch => batch.CreatedAt).ThenByDescending(batch => batch.Id).Skip(skip).Take(take).Select(BatchSnapshot.Columns).ToListAsync(cancellation);
        var now = _time.GetUtcNow().UtcDateTime;
        return new([.. rows.Select(row => row.At(now, _feed.TroubleOf(row.Id)))], count);
    }

    private async Task<bool> GoOnAsync(Guid batch, CancellationToken cancellation)
    {
        _node.Mind(batch);
        if (await GetAsync(batch, cancellation) is { } now)
            await _pumps.BeginAsync(batch, now.Workers, now.Total - now.Done);
        return true;
    }

    private async Task<IReadOnlyList<Member>> MembersAsync(BatchRequest request, CancellationToken cancellation)
    {
        var known = await _catalogue.FindAsync(request.ScenarioIds, cancellation);
        return
        [
            .. request.ScenarioIds.Select(id => known.TryGetValue(id, out var scenario) ? Member.Of(scenario) : Member.Missing(id)),
            .. request.Scenarios.Select(Member.Of),
        ];
    }

    /// <summary>Scenarios with the same exit rules share exit paths, if one worker simulates them one after another.</summary>
    private static bool SharesExits(Member one, Member other) =>
        one.Scenario is { } scenario && other.Scenario is { } next && ExitRules.Of(scenario) == ExitRules.Of(next);

    private static string NameOf(IReadOnlyList<Member> members, DateTime from, DateTime to)
    {
        var what = members.Count == 1 ? members[0].Name : $"{members.Count:#,0} scenarios";
        return $"{what}, {from:yyyy-MM-dd} – {to:yyyy-MM-dd}";
    }
}
