using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.History;
using WallTrack.History;

namespace WallTrack.Dashboard.Batches;

/// <summary>What the batch would be, and the button that starts it.</summary>
public sealed partial class BatchPreview : IDisposable
{
    private CancellationTokenSource _load = new();
    private (DateTime?, DateTime?, double?)? _asked;
    private WindowCoverage? _window;
    private string? _refusal;
    private bool _isLoading;
    private bool _isStarting;
    private IReadOnlyList<BatchSnapshot> _earlier = [];

    /// <summary>Changed in place by others; parameters are set again then.</summary>
    [Parameter, EditorRequired]
    public NewBatchDraft Draft { get; set; } = default!;

    [Parameter, EditorRequired]
    public bool HasHistory { get; set; }

    [Inject]
    private CoverageReader Coverages { get; set; } = default!;

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Fault => Draft.Fault(HasHistory) ?? _refusal;

    private CoverageFigure[] Warnings => _window is null ? [] : [.. CoverageFigure.Of(_window).Where(figure => figure.IsOdd)];

    private string EstimateText => _window is null || _isLoading || Draft.Count == 0 || Draft.Workers is not { } workers ? "–"
        : RunEstimate.Of(Draft.Count, _window.Coverage.Signals, workers, Runner.Cores, _earlier) is { } estimate
            ? $"{estimate.Text}{(estimate.IsMeasured ? "" : ", roughly")}" : "–";

    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            _earlier = (await Task.Run(() => Runner.ListAsync(take: 20))).Batches;
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Draft.From, Draft.To, Draft.HasOneSolPrice ? Draft.SolUsd : null);
        if (_asked == asked || !RendererInfo.IsInteractive)
            return;
        _asked = asked;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        await _load.CancelAsync();
        _load.Dispose();
        _load = new();
        var cancellation = _load.Token;
        (_window, _refusal, _isLoading) = (null, null, false);
        if (!HasHistory || Draft is not { From: { } from, To: { } to } || from >= to || (Draft.HasOneSolPrice && !(Draft.SolUsd > 0)))
            return;
        _isLoading = true;
        try
        {
            var window = await Coverages.ReadAsync(from, to, Draft.HasOneSolPrice ? Draft.SolUsd : null, cancellation);
            if (!cancellation.IsCancellationRequested)
                (_window, _refusal, _isLoading) = (window, window.SolRefusal, false);
        }
        catch (NoHistoryException exception) when (!cancellation.IsCancellationRequested)
        {
            (_refusal, _isLoading) = (exception.Message, false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // another load has taken its place
        }
    }

    private async Task StartAsync()
    {
        _isStarting = true;
        try
        {
            var request = Draft.Request;
            Navigation.NavigateTo($"/batches/{await Task.Run(() => Runner.StartAsync(request))}");
        }
        catch (Exception refusal) when (refusal is BatchRefusedException or NoHistoryException)
        {
            (_refusal, _isStarting) = (refusal.Message, false);
        }
        catch
        {
            _isStarting = false;
            throw;
        }
    }

    private string Figure(Func<WindowCoverage, int> read) => _window is null || _isLoading ? "–" : $"{read(_window):#,0}";
}
