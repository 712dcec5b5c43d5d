using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.History;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Batches;

/// <summary>Puts a batch together. An address may say what to begin with: scenarios, window, workers, or an earlier batch.</summary>
public sealed partial class NewBatchPage
{
    private const int UsualDays = 30;
    private readonly NewBatchDraft _draft = new();
    private DaySpan? _extent;
    private bool _isReady;
    private string? _note;

    /// <summary>Ids, with commas between them.</summary>
    [SupplyParameterFromQuery]
    private string? Scenarios { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Workers { get; set; }

    /// <summary>The id of a batch to run again.</summary>
    [SupplyParameterFromQuery]
    private string? Again { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private ScenarioCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private HistoryLibrary Library { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        var (extent, catalogue) = await Task.Run(async () => (await Library.ExtentAsync(), await Catalogue.ListAsync()));
        _extent = extent is { } days ? DaySpan.Of(days.From, days.To) : null;
        _draft.Catalogue = catalogue;
        _draft.Workers = Math.Min(Runner.Cores, BatchRequest.MostWorkers);
        if (_extent is { } all)
            _draft.Choose(all.Latest(UsualDays));
        if (Guid.TryParse(Again, out var batch))
            await RepeatAsync(batch);
        Prefill();
        _isReady = true;
    }

    private void Prefill()
    {
        if (Scenarios is not null)
        {
            var ids = Scenarios.Split(',').Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).ToHashSet();
            var found = _draft.Catalogue.Where(scenario => ids.Contains(scenario.Id)).ToList();
            _draft.Choose(found, true);
            if (found.Count < ids.Count)
                _note = $"{BatchFigures.Scenarios(ids.Count - found.Count)} of the address {(ids.Count - found.Count == 1 ? "is" : "are")} not in the catalogue.";
        }

        _draft.From = NewBatchDraft.InstantOf(From) ?? _draft.From;
        _draft.To = NewBatchDraft.InstantOf(To) ?? _draft.To;
        if (int.TryParse(Workers, out var workers))
            _draft.Workers = workers;
    }

    /// <summary>What the earlier batch ran, over its window: scenarios of the catalogue as they are now, others as they were.</summary>
    private async Task RepeatAsync(Guid id)
    {
        if (await Task.Run(() => Runner.GetAsync(id)) is not { } batch)
        {
            _note = "The batch to run again does not exist any more.";
            return;
        }

        var scenarios = await Task.Run(() => Runner.GetScenariosAsync(id));
        var catalogued = _draft.Catalogue.Select(scenario => scenario.Id).ToHashSet();
        _draft.Choose(scenarios.Where(scenario => catalogued.Contains(scenario.Id)), true);
        _draft.Others = [.. scenarios.Where(scenario => !catalogued.Contains(scenario.Id))];
        (_draft.From, _draft.To, _draft.Workers) = (batch.From, batch.To, batch.Workers);
        (_draft.HasOneSolPrice, _draft.SolUsd, _draft.Name) = (batch.SolUsd is not null, batch.SolUsd, batch.Name);
    }

    private static void Changed()
    {
        // What was changed lies in the draft; hearing of it makes this page and its parts look at it again.
    }
}
