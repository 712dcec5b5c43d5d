using System.Collections.Immutable;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Comparison;

/// <summary>One column of a comparison.</summary>
/// <param name="Metrics">Null when it failed.</param>
/// <param name="Draft">Null when there was no such scenario.</param>
public sealed record ComparedScenario(ResultKey Key, BacktestResult Result, BatchSnapshot Batch, Metrics? Metrics, ScenarioDraft? Draft);

/// <summary>What an address asks to be compared, read.</summary>
/// <param name="Batch">The one that the address names; null when it names none, or none that exists.</param>
/// <param name="Notes">What was asked for and is not there, a sentence each.</param>
public sealed record ComparedScenarios(BatchSnapshot? Batch, ImmutableArray<ComparedScenario> Scenarios, ImmutableArray<string> Notes)
{
    private const int Best = 10;

    /// <summary>Why they may not stand side by side; null when they may.</summary>
    public string? Refusal => Comparability.Refusal([.. Scenarios.Select(CircumstancesOf)]);

    /// <summary>Those that may, together.</summary>
    public IEnumerable<IGrouping<Circumstances, ComparedScenario>> Groups => Scenarios.GroupBy(CircumstancesOf);

    public IEnumerable<ResultKey> Keys => Scenarios.Select(scenario => scenario.Key);

    /// <summary>Place of a scenario among them; null when it is not one of them.</summary>
    public int? PlaceOf(ResultKey? key) => key is { } sought && Keys.ToList().IndexOf(sought) is >= 0 and var place ? place : null;

    /// <summary>The columns that stand here, as they are later, and behind them what came in meanwhile, while there is room.</summary>
    /// <param name="latest">The same question, asked later.</param>
    public ComparedScenarios GrownTo(ComparedScenarios latest)
    {
        var known = Keys.ToHashSet();
        return latest with
        {
            Scenarios =
            [
                .. Scenarios.Select(scenario => latest.Scenarios.FirstOrDefault(other => other.Key == scenario.Key) ?? scenario),
                .. latest.Scenarios.Where(scenario => !known.Contains(scenario.Key)).Take(Math.Max(0, Best - Scenarios.Length)),
            ],
        };
    }

    public ComparisonTable Table(CompareView view) => ComparisonTable.Of([.. Scenarios.Select(scenario => scenario.Metrics)], view.Weights.Weights, PlaceOf(view.Baseline));

    public static async Task<ComparedScenarios> ReadAsync(CompareView view, BatchResults results, BatchRunner batches, CancellationToken cancellation)
    {
        var batch = view.Batch is { } id ? await batches.GetAsync(id, cancellation) : null;
        var keys = view.Results.IsEmpty && batch is not null ? await BestOfAsync(batch, results, batches, cancellation) : view.Results;
        var notes = ImmutableArray.CreateBuilder<string>();
        if (view.Batch is not null && batch is null)
            notes.Add("The batch of this address does not exist any more.");
        if (keys.Length > CompareView.MostScenarios)
            notes.Add($"{keys.Length:#,0} scenarios were chosen; the first {CompareView.MostScenarios} are shown, because more cannot be read side by side.");

        var asked = keys.Take(CompareView.MostScenarios).ToList();
        var found = new Dictionary<ResultKey, BacktestResult>();
        if (batch is not null && asked.Where(key => key.Position is not null).Select(key => key.Position!.Value).ToList() is { Count: > 0 } positions)
        {
            foreach (var result in await results.ListAsync(batch.Id, positions, cancellation))
                found.Add(ResultKey.At(result.Position), result);
        }

        foreach (var key in asked.Where(key => key.Position is null))
        {
            if (await results.FindAsync(key.Id, cancellation) is { } result)
                found.Add(key, result);
        }

        if (asked.Count(key => !found.ContainsKey(key)) is > 0 and var missing && (batch is not null || asked.Any(key => key.Position is null)))
            notes.Add(missing == 1 ? "One chosen scenario has no result: it has not run yet, or was deleted." : $"{missing} chosen scenarios have no result: they have not run yet, or were deleted.");
        return new(batch, await WithBatchesAsync(asked, found, batch, batches, cancellation), notes.ToImmutable());
    }

    private static async Task<ImmutableArray<ComparedScenario>> WithBatchesAsync(List<ResultKey> asked, Dictionary<ResultKey, BacktestResult> found, BatchSnapshot? batch, BatchRunner batches, CancellationToken cancellation)
    {
        var snapshots = new Dictionary<Guid, BatchSnapshot?>();
        if (batch is not null)
            snapshots.Add(batch.Id, batch);
        var scenarios = ImmutableArray.CreateBuilder<ComparedScenario>();
        var seen = new HashSet<Guid>(); // a result may be named by its position and by its id
        foreach (var key in asked)
        {
            if (!found.TryGetValue(key, out var result) || !seen.Add(result.Id))
                continue;
            if (!snapshots.TryGetValue(result.BatchId, out var its))
                snapshots.Add(result.BatchId, its = await batches.GetAsync(result.BatchId, cancellation));
            if (its is not null)
                scenarios.Add(new(key, result, its, StoredMetrics.Of(result), result.Parameters is { } parameters ? ScenarioJson.Read(parameters)[0].Scenario?.ToDraft() : null));
        }

        return scenarios.ToImmutable();
    }

    /// <summary>By the default ranking once the batch is over; by P&amp;L while it runs.</summary>
    private static async Task<ImmutableArray<ResultKey>> BestOfAsync(BatchSnapshot batch, BatchResults results, BatchRunner batches, CancellationToken cancellation)
    {
        if (await batches.GetSummaryAsync(batch.Id, cancellation) is { Ranking.IsEmpty: false } summary)
            return [.. summary.Ranking.Take(Best).Select(ranked => ResultKey.At(ranked.Position))];
        var page = await results.PageAsync(new(batch.Id, Metric.TotalPnl.Name, Take: Best), cancellation);
        return [.. page.Results.Select(figures => ResultKey.At(figures.Position))];
    }

    private static Circumstances CircumstancesOf(ComparedScenario scenario) =>
        new(scenario.Batch.From, scenario.Batch.To, scenario.Batch.EngineVersion, scenario.Batch.HistoryFingerprint);
}
