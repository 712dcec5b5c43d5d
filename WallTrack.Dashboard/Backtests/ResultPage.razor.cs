using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.Charts;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

/// <summary>What one scenario of a batch did. Which trades are shown is in the address.</summary>
public sealed partial class ResultPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Guid? _id;
    private bool _isRead;
    private BacktestResult? _result;
    private BatchSnapshot? _batch;
    private Metrics? _metrics;
    private SkipCounts _skipped;
    private ScenarioDraft? _scenario;
    private ResultSeries? _series;
    private string? _refusal;
    private HourGrid _grid = default!;
    private Curve[] _curves = [];
    private TradeQuery _query = new();
    private CurveView _view;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    [SupplyParameterFromQuery]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery]
    private string? Wallet { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Unit { get; set; }

    [Inject]
    private BatchResults Results { get; set; } = default!;

    [Inject]
    private BatchRunner Batches { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => _result?.ScenarioName ?? (_isRead ? "No such result" : "Result");

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _query = TradeQuery.Of(Sort, Order, Reason, Wallet, Token, int.TryParse(Page, out var page) ? page : null);
        _view = CurveView.Of(From, To, Unit);
        if (_id == Id)
            return;
        _id = Id;
        await ReadAsync(Id);
    }

    private async Task ReadAsync(Guid id)
    {
        (_isRead, _series, _refusal, _metrics, _scenario) = (false, null, null, null, null);
        var result = await Results.FindAsync(id, _gone.Token);
        var batch = result is null ? null : await Batches.GetAsync(result.BatchId, _gone.Token);
        if (_id != id)
            return;
        (_result, _batch, _isRead) = (result, batch, true);
        if (result is null || batch is null)
            return;
        _scenario = result.Parameters is { } parameters ? ScenarioJson.Read(parameters)[0].Scenario?.ToDraft() : null;
        (_metrics, _skipped) = (StoredMetrics.Of(result), StoredMetrics.SkippedOf(result) ?? default);
        _grid = new(batch.From, batch.To);
        if (_metrics is null || !RendererInfo.IsInteractive) // while prerendering, the skeleton is all there is: a replay may take seconds
            return;
        StateHasChanged();
        try
        {
            var answer = await Task.Run(() => Results.SeriesAsync(result, _gone.Token), _gone.Token); // unpacking is work, and the circuit has one thread
            if (_id == id)
                (_series, _refusal, _curves) = (answer.Series, answer.Refusal, [new(result.ScenarioName, 0, answer.Series?.Equity ?? [])]);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // nobody looks any more
        }
    }

    private void Show(TradeQuery query) => Navigation.NavigateTo(AddressOf(query));

    private void Show(CurveView view) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Uri(Navigation.Uri).GetLeftPart(UriPartial.Query), view.Parameters), replace: true);

    private string AddressOf(TradeQuery query) => Navigation.GetUriWithQueryParameters(new Uri(Navigation.Uri).GetLeftPart(UriPartial.Query), query.Parameters);
}
