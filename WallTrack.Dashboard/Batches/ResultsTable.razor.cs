using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Live;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Batches;

/// <summary>The results of a batch, a page of them, sorted and filtered in the database; it fills while the batch runs.</summary>
public sealed partial class ResultsTable : IDisposable
{
    private const int ManyScenarios = 5_000;
    private readonly ResultRows _rows = new();
    private readonly SortedSet<int> _chosen = [];
    private IReadOnlyDictionary<string, double> _best = ImmutableDictionary<string, double>.Empty;
    private ResultView? _loaded;
    private (Guid Batch, BatchStatus Status, int Completed, int Failed, int Running) _seen;
    private bool _isLoading = true;
    private int _loads;
    private Pace? _pace;

    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    /// <summary>What to show; another instance when it is to be read anew.</summary>
    [Parameter, EditorRequired]
    public ResultView View { get; set; } = default!;

    /// <summary>The operator asked for something else.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ResultView> OnView { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private BatchResults Results { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string CompareAddress => $"/compare?batch={Batch.Id}{(_chosen.Count == 0 ? "" : $"&results={string.Join(',', _chosen)}")}";

    private string CompareText => _chosen.Count == 0 ? "Compare all" : $"Compare {_chosen.Count:#,0} chosen";

    private string Emptiness => _rows.Count > 0 ? "There are no results on this page."
        : View.Name.Length > 0 || View.StatusWord is not null ? "No scenario matches."
        : "No result yet: rows appear here as scenarios are done.";

    public void Dispose() => _pace?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _pace ??= new(Time, TimeSpan.FromMilliseconds(Batch.Total > ManyScenarios ? 2_000 : 500), () => InvokeAsync(UpdateAsync));
        var seen = (Batch.Id, Batch.Status, Batch.Completed, Batch.Failed, Batch.Running);
        if (!ReferenceEquals(View, _loaded) || Batch.Id != _seen.Batch)
        {
            if (Batch.Id != _seen.Batch)
                _chosen.Clear();
            _seen = seen;
            await LoadAsync();
        }
        else if (seen != _seen)
        {
            var hasEnded = seen.Status is BatchStatus.Completed or BatchStatus.Failed && seen.Status != _seen.Status;
            _seen = seen;
            if (hasEnded)
                await LoadAsync(); // nothing comes any more that rows would have to keep their places for
            else
                _pace.Ring();
        }
    }

    private async Task LoadAsync()
    {
        var (view, load) = (View, ++_loads);
        (_loaded, _isLoading) = (view, true);
        var read = await ReadAsync(view);
        if (load != _loads)
            return; // another load has taken its place
        _isLoading = false;
        if (read is not { } latest)
        {
            _pace!.Ring();
            return;
        }

        _rows.Replace(latest.Page, view.Skip);
        _best = latest.Best;
    }

    private async Task UpdateAsync()
    {
        try
        {
            var (view, load) = (View, _loads);
            var read = await ReadAsync(view);
            if (load != _loads)
                return;
            if (read is not { } latest)
            {
                _pace!.Ring();
                return;
            }

            _rows.Update(latest.Page);
            _best = latest.Best;
            StateHasChanged();
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    /// <summary>Beside the circuit; null when the database is away, which the batch's banner says.</summary>
    private Task<(ResultRowPage Page, IReadOnlyDictionary<string, double> Best)?> ReadAsync(ResultView view) => Task.Run(async () =>
    {
        try
        {
            return (await ResultRowPage.ReadAsync(Batch, view, Runner, Results), await BestAsync(view));
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            return ((ResultRowPage, IReadOnlyDictionary<string, double>)?)null;
        }
    });

    /// <summary>A batch that is over knows; of one that runs, they are looked for.</summary>
    private async Task<IReadOnlyDictionary<string, double>> BestAsync(ResultView view) => await Runner.GetSummaryAsync(Batch.Id) is { } summary
        ? summary.Best.ToDictionary(best => best.Metric, best => best.Value)
        : await Results.BestAsync(Batch.Id, view.Columns);

    private Task ShowAsync(ResultView view) => OnView.InvokeAsync(view);

    private void Choose(int position, bool isChosen) => _ = isChosen ? _chosen.Add(position) : _chosen.Remove(position);

    private static string TextOf(object? value) => $"{value}".Trim();

    private string SortOf(Metric metric) => metric != View.SortBy ? "none" : View.IsDescending ? "descending" : "ascending";

    private string ArrowOf(Metric metric) => metric != View.SortBy ? "" : View.IsDescending ? " ▼" : " ▲";

    private static string HeadOf(Metric metric) => metric.Unit switch
    {
        MetricUnit.Sol => $"{metric.Label}, SOL",
        MetricUnit.Hours => $"{metric.Label}, h",
        _ => metric.Label,
    };
}
