using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.Backtests;
using WallTrack.Dashboard.Charts;
using WallTrack.History;

namespace WallTrack.Dashboard.Comparison;

/// <summary>The equity curves of the scenarios that the operator chose, over one another.</summary>
public sealed partial class CompareCurves : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<Guid, SeriesAnswer> _read = [];
    private (ComparedScenarios Compared, string Curves, ResultKey? Baseline)? _given;
    private HourGrid _grid = default!;
    private Curve[]? _curves;
    private IReadOnlyList<string> _refusals = [];
    private int _progress;
    private bool _isReading;

    [Parameter, EditorRequired]
    public ComparedScenarios Compared { get; set; } = default!;

    [Parameter, EditorRequired]
    public CompareView View { get; set; } = default!;

    /// <summary>Other curves were chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ImmutableArray<ResultKey>> OnChoose { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<CurveView> OnLook { get; set; }

    [Inject]
    private BatchResults Results { get; set; } = default!;

    private List<ComparedScenario> Chosen { get; set; } = [];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        Chosen = [.. Compared.Scenarios.Where(scenario => scenario.Metrics is not null && (View.Curves?.Contains(scenario.Key) ?? true)).Take(CompareView.MostCurves)];
        var given = (Compared, string.Join(',', Chosen.Select(scenario => scenario.Key)), View.Baseline);
        if (_given == given)
            return;
        _given = given;
        _grid = new(Compared.Scenarios[0].Batch.From, Compared.Scenarios[0].Batch.To);
        if (RendererInfo.IsInteractive && !_isReading)
            await ReadAsync();
    }

    /// <summary>What is chosen and not read yet, also what is chosen meanwhile.</summary>
    private async Task ReadAsync()
    {
        _isReading = true;
        try
        {
            while (Chosen.Find(scenario => !_read.ContainsKey(scenario.Result.Id)) is { } next)
            {
                _progress = Chosen.Count(scenario => _read.ContainsKey(scenario.Result.Id)); // the curves so far stay in view
                StateHasChanged();
                _read[next.Result.Id] = await Task.Run(() => Results.SeriesAsync(next.Result, _gone.Token), _gone.Token); // unpacking is work, and the circuit has one thread
            }

            _curves = [.. Chosen.Select(CurveOf)];
            _refusals = [.. Chosen.Select(scenario => _read[scenario.Result.Id].Refusal).OfType<string>().Distinct()];
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // nobody looks any more
        }
        finally
        {
            _isReading = false;
        }
    }

    private Curve CurveOf(ComparedScenario scenario) =>
        new(scenario.Result.ScenarioName, Compared.PlaceOf(scenario.Key)!.Value, _read[scenario.Result.Id].Series?.Equity ?? [], scenario.Key == View.Baseline);

    private bool IsChosen(ComparedScenario scenario) => Chosen.Contains(scenario);

    private Task ToggleAsync(ComparedScenario scenario) => OnChoose.InvokeAsync(
        [.. Compared.Scenarios.Where(other => other == scenario ? !IsChosen(other) : IsChosen(other)).Select(other => other.Key)]);
}
