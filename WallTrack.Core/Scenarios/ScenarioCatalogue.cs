using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Storage;

namespace WallTrack.Scenarios;

/// <summary>The scenarios an operator has at hand: the presets, and those that were stored.</summary>
/// <remarks>
/// A scenario is known by its id. Two may have the same name: files from elsewhere bring names as they are, and a batch
/// keeps apart what it was given. Pages warn of it.
/// </remarks>
public sealed class ScenarioCatalogue(IDbContextFactory<WallTrackDbContext> contexts, TimeProvider time)
{
    private const int IdsAQuery = 500; // SQLite takes some thousands of parameters
    private const int ImportAttempts = 5;

    /// <summary>The presets in their order, then the stored ones by name.</summary>
    public async Task<IReadOnlyList<Scenario>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var records = await context.Set<ScenarioRecord>().ToListAsync(cancellation);

        // Sorted here, not in the query: the two products would sort names in two ways.
        return [.. Presets.All, .. records.Select(record => record.ToScenario()).OrderBy(scenario => scenario.Name, StringComparer.OrdinalIgnoreCase).ThenBy(scenario => scenario.Id)];
    }

    /// <summary>Those of the ids that exist, presets included.</summary>
    public async Task<IReadOnlyDictionary<Guid, Scenario>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = Presets.All.Where(preset => ids.Contains(preset.Id)).ToDictionary(preset => preset.Id);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        foreach (var record in await ReadAsync(context.Set<ScenarioRecord>(), ids, cancellation))
        {
            found[record.Id] = record.ToScenario();
        }

        return found;
    }

    /// <summary>One scenario, to look at or to edit; null when there is none of that id.</summary>
    public async Task<StoredScenario?> OpenAsync(Guid id, CancellationToken cancellation = default)
    {
        if (Presets.Find(id) is { } preset)
        {
            return new(preset, 0);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ScenarioRecord>().SingleOrDefaultAsync(record => record.Id == id, cancellation) is { } stored
            ? new(stored.ToScenario(), stored.Version)
            : null;
    }

    /// <summary>Stores a new scenario, or a new state of a stored one.</summary>
    /// <param name="loadedVersion">Of the state that was changed; 0 for a scenario that is new.</param>
    public async Task<SaveOutcome> SaveAsync(Scenario scenario, int loadedVersion = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (Presets.Find(scenario.Id) is { } preset)
        {
            return new(SaveStatus.IsPreset, new(preset, 0));
        }

        var now = Now();
        var record = RecordOf(scenario, scenario.CreatedAt ?? now, now, loadedVersion + 1);
        var saved = loadedVersion == 0 ? await InsertAsync(record, cancellation) : await UpdateAsync(record, loadedVersion, cancellation);
        if (saved)
        {
            return new(SaveStatus.Saved, new(record.ToScenario(), record.Version)); // not read back: by now it may be another's
        }

        var stored = await OpenAsync(scenario.Id, cancellation);
        return new(stored is null ? SaveStatus.DeletedMeanwhile : SaveStatus.ChangedMeanwhile, stored);
    }

    /// <summary>Deletes the stored ones among the ids; presets stay. What batches ran is theirs, and stays too.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeleteAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var deleted = 0;
        foreach (var some in ids.Chunk(IdsAQuery))
        {
            deleted += await context.Set<ScenarioRecord>().Where(record => some.Contains(record.Id)).ExecuteDeleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return deleted;
    }

    /// <summary>
    /// Takes over scenarios of a file: all of them, or none when storing fails. One with a stored id replaces what is
    /// stored, unless both say the same. One with a preset's id that says something else is taken as a copy, always under
    /// the same id: who edits an exported preset by hand means a scenario of their own.
    /// </summary>
    /// <exception cref="ArgumentException">Two of them have the same id.</exception>
    public async Task<ImportOutcome> ImportAsync(IEnumerable<Scenario> scenarios, CancellationToken cancellation = default)
    {
        var wanted = Wanted(scenarios);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var context = await contexts.CreateDbContextAsync(cancellation);
                var outcome = await TakeOverAsync(context, wanted, cancellation);
                await context.SaveChangesAsync(cancellation);
                return outcome;
            }
            catch (DbUpdateException) when (attempt < ImportAttempts)
            {
                // Somebody changed one of them between our reading and our writing: nothing was written, look again.
            }
        }
    }

    /// <summary>What <see cref="ImportAsync"/> would do now. Nothing is stored.</summary>
    /// <exception cref="ArgumentException">Two of them have the same id.</exception>
    public async Task<ImportOutcome> PreviewImportAsync(IEnumerable<Scenario> scenarios, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await TakeOverAsync(context, Wanted(scenarios), cancellation);
    }

    private static List<(Scenario Given, Scenario Own)> Wanted(IEnumerable<Scenario> scenarios)
    {
        var wanted = scenarios.Select(scenario => (Given: scenario, Own: OwnOf(scenario))).ToList();
        return wanted.CountBy(pair => pair.Own.Id).FirstOrDefault(pair => pair.Value > 1) is { Value: > 1 } twice
            ? throw new ArgumentException($"Id {twice.Key} stands among the scenarios twice.", nameof(scenarios))
            : wanted;
    }

    /// <summary>Into the context, not into the database.</summary>
    private async Task<ImportOutcome> TakeOverAsync(WallTrackDbContext context, IReadOnlyList<(Scenario Given, Scenario Own)> wanted, CancellationToken cancellation)
    {
        var (added, replaced, unchanged, copies) = (new List<Scenario>(), new List<Scenario>(), new List<Scenario>(), new List<Scenario>());
        var now = Now();
        var known = (await ReadAsync(context.Set<ScenarioRecord>().AsTracking(), [.. wanted.Select(pair => pair.Own.Id)], cancellation)).ToDictionary(record => record.Id);
        foreach (var (given, own) in wanted)
        {
            if (known.GetValueOrDefault(own.Id) is not { } record)
            {
                if (Presets.Find(own.Id) is not null)
                {
                    unchanged.Add(own);
                    continue;
                }

                context.Add(RecordOf(own, own.CreatedAt ?? now, own.UpdatedAt ?? now, version: 1));
                added.Add(own);
            }
            else if (ScenarioJson.Decisions(record.ToScenario()) == ScenarioJson.Decisions(own))
            {
                unchanged.Add(own);
                continue;
            }
            else
            {
                var next = RecordOf(own, record.CreatedAt, own.UpdatedAt ?? now, record.Version + 1);
                (record.Name, record.Category, record.Data, record.UpdatedAt, record.Version) = (next.Name, next.Category, next.Data, next.UpdatedAt, next.Version);
                replaced.Add(own);
            }

            if (own.Id != given.Id)
            {
                copies.Add(own);
            }
        }

        return new(added, replaced, unchanged, copies);
    }

    /// <summary>The scenario itself, or an operator's copy when it has a preset's id but is not that preset.</summary>
    private static Scenario OwnOf(Scenario scenario)
    {
        if (Presets.Find(scenario.Id) is not { } preset || ScenarioJson.Decisions(preset) == ScenarioJson.Decisions(scenario))
        {
            return scenario;
        }

        var draft = scenario.ToDraft();
        draft.Id = ContentId.Of("edited preset", $"{scenario.Id} {ScenarioJson.Decisions(scenario)}");
        draft.IsPreset = false;
        draft.Name = scenario.Name.Equals(preset.Name, StringComparison.OrdinalIgnoreCase) ? $"{scenario.Name} (imported)" : scenario.Name;
        return Scenario.From(draft);
    }

    private async Task<bool> InsertAsync(ScenarioRecord record, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.Add(record);
        try
        {
            await context.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            if (await OpenAsync(record.Id, cancellation) is null)
            {
                throw; // it was not the id
            }

            return false;
        }
    }

    private async Task<bool> UpdateAsync(ScenarioRecord record, int loadedVersion, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ScenarioRecord>()
            .Where(stored => stored.Id == record.Id && stored.Version == loadedVersion)
            .ExecuteUpdateAsync(
                stored => stored
                    .SetProperty(row => row.Name, record.Name)
                    .SetProperty(row => row.Category, record.Category)
                    .SetProperty(row => row.Data, record.Data)
                    .SetProperty(row => row.UpdatedAt, record.UpdatedAt)
                    .SetProperty(row => row.Version, record.Version),
                cancellation) == 1;
    }

    private static async Task<List<ScenarioRecord>> ReadAsync(IQueryable<ScenarioRecord> stored, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var records = new List<ScenarioRecord>();
        foreach (var some in ids.Chunk(IdsAQuery))
        {
            records.AddRange(await stored.Where(record => some.Contains(record.Id)).ToListAsync(cancellation));
        }

        return records;
    }

    private static ScenarioRecord RecordOf(Scenario scenario, DateTime createdAt, DateTime updatedAt, int version) => new()
    {
        Id = scenario.Id,
        Name = scenario.Name.Replace("\0", "", StringComparison.Ordinal), // PostgreSQL has no such character; in JSON it is escaped
        Category = scenario.Category,
        Data = ScenarioJson.Write(scenario),
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
        Version = version,
    };

    private DateTime Now() => Instant.Whole(time.GetUtcNow().UtcDateTime);
}

public static class ScenarioServices
{
    /// <summary>The catalogue, over the storage that is registered beside it.</summary>
    public static IServiceCollection AddWallTrackScenarios(this IServiceCollection services) => services.AddSingleton<ScenarioCatalogue>();
}
