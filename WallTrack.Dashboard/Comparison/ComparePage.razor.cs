using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Batches;
using WallTrack.Dashboard.Live;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Comparison;

/// <summary>Results side by side. Everything that is chosen here is in the address, and comes back with it.</summary>
public sealed partial class ComparePage : IDisposable
{
    public const string Path = "/compare";
    private const int NamedInRefusal = 3;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _gone = new();
    private CompareView _view = new();
    private (Guid? Batch, string Results)? _asked;
    private ComparedScenarios? _compared;
    private ComparisonTable? _table;
    private HashSet<Guid> _shown = [];
    private IReadOnlyList<BatchSnapshot> _recent = [];
    private Pace? _pace;
    private (int Done, BatchStatus Status)? _heard;
    private bool _isBettered; // the best are others than those that are shown

    [Inject]
    private BatchResults Results { get; set; } = default!;

    [Inject]
    private BatchRunner Batches { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Where more scenarios are looked for.</summary>
    private BatchSnapshot? Searched => _compared?.Batch ?? _compared?.Scenarios.FirstOrDefault()?.Batch;

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        _pace?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Follow;
        await ReadAsync();
    }

    /// <summary>Links and the browser's own buttons change the address as well as the page does.</summary>
    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == Path)
            _ = InvokeAsync(FollowAsync);
    }

    private async Task FollowAsync()
    {
        try
        {
            await ReadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // the page was left
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task ReadAsync()
    {
        var query = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
        var view = CompareView.Of(name => query.GetValueOrDefault(name));
        var asked = (view.Batch, string.Join(',', view.Results));
        if (_asked != asked)
        {
            _asked = asked;
            var compared = await ComparedScenarios.ReadAsync(view, Results, Batches, _gone.Token);
            if (_asked != asked)
                return; // another address has come in between
            Take(compared);
            (_heard, _isBettered) = (StateOf(compared.Batch), false);
            if (compared.Scenarios.IsEmpty)
                _recent = (await Batches.ListAsync(take: 10, cancellation: _gone.Token)).Batches;
        }

        (_view, _table) = (view, _compared?.Table(view));
    }

    private void Take(ComparedScenarios compared) => (_compared, _shown) = (compared, [.. compared.Scenarios.Select(scenario => scenario.Result.Id)]);

    private void Hear(BatchSnapshot batch)
    {
        if (batch.Id != _compared?.Batch?.Id || StateOf(batch) == _heard)
            return;
        _heard = StateOf(batch);
        _pace ??= new(Time, BetweenReads, () => InvokeAsync(RefreshAsync));
        _pace.Ring();
    }

    /// <summary>Takes in what the batch has done since. Columns stay where they are: somebody may be reading them, or about to click.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            var (asked, view) = (_asked, _view);
            var latest = await Task.Run(() => ComparedScenarios.ReadAsync(view, Results, Batches, _gone.Token), _gone.Token);
            if (_asked != asked || _compared is not { } shown)
                return;
            Take(view.Results.IsEmpty ? shown.GrownTo(latest) : latest);
            _isBettered = latest.Keys.Except(_compared.Keys).Any();
            _table = _compared.Table(_view);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // the page was left
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            _heard = null; // the watch goes on by itself, and what it says next is news
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private Task ShowBestAsync()
    {
        _asked = null;
        return ReadAsync();
    }

    private static (int, BatchStatus)? StateOf(BatchSnapshot? batch) => batch is null ? null : (batch.Done, batch.Status);

    /// <summary>The address first; the page follows it.</summary>
    private void Show(CompareView view) => Navigation.NavigateTo(AddressOf(view), replace: true);

    private string AddressOf(CompareView view) => Navigation.GetUriWithQueryParameters(Path, view.Parameters);

    private void Add(ResultFigures figures) =>
        Show(_view.With(figures.BatchId == _view.Batch ? ResultKey.At(figures.Position) : ResultKey.Of(figures.ResultId), _compared!.Keys));

    private void OrderByRank() => Show(_view with
    {
        Results = [.. _compared!.Scenarios.Index().OrderBy(scenario => _table!.Standings[scenario.Index]?.Rank ?? int.MaxValue).Select(scenario => scenario.Item.Key)],
    });

    private string Summary(ComparedScenarios compared) =>
        _view.Results.IsEmpty && compared.Batch is { IsOver: false } running
            ? $"The best {compared.Scenarios.Length} by P&L of {running.Done:#,0} of {BatchFigures.Scenarios(running.Total)} so far."
        : compared.Scenarios.Length == 1 ? "One scenario; add others to compare it with."
        : _view.Results.IsEmpty && compared.Batch is { } batch ? $"The best {compared.Scenarios.Length} of {batch.Total:#,0} scenarios by {(_isBettered ? "P&L while it ran" : "the default weights")}."
        : $"{compared.Scenarios.Length} scenarios.";

    private static string Names(IEnumerable<ComparedScenario> group)
    {
        var names = group.Select(scenario => scenario.Result.ScenarioName).ToList();
        return string.Join(", ", names.Take(NamedInRefusal)) + (names.Count > NamedInRefusal ? $" and {names.Count - NamedInRefusal} more" : "");
    }
}
