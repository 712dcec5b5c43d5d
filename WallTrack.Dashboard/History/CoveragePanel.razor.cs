using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>What some days of the stored history hold.</summary>
public sealed partial class CoveragePanel : IDisposable
{
    private static readonly int[] QuickDays = [7, 30, 90];
    private CancellationTokenSource _load = new();
    private DateOnly? _first;
    private DateOnly? _last;
    private (DaySpan Span, long Version)? _loaded;
    private WindowCoverage? _window;
    private DayColumns? _shape;
    private bool _isLoading = true;
    private string? _refusal;

    /// <summary>All days that hold signals.</summary>
    [Parameter, EditorRequired]
    public DaySpan Extent { get; set; }

    /// <summary>The days to show, some of <see cref="Extent"/>.</summary>
    [Parameter, EditorRequired]
    public DaySpan Span { get; set; }

    /// <summary>Another number when the history has changed.</summary>
    [Parameter, EditorRequired]
    public long Version { get; set; }

    /// <summary>Other days were chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DaySpan> OnChoose { get; set; }

    [Inject]
    private CoverageReader Coverages { get; set; } = default!;

    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == (Span, Version))
            return;
        _loaded = (Span, Version);
        (_first, _last) = (Span.First, Span.Last);
        if (RendererInfo.IsInteractive) // while prerendering, the skeleton is all there is: reading may take seconds
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        await _load.CancelAsync();
        _load.Dispose();
        _load = new();
        var cancellation = _load.Token;
        (_isLoading, _refusal) = (true, null);
        try
        {
            var window = await Coverages.ReadAsync(Span, cancellation);
            if (!cancellation.IsCancellationRequested)
                (_window, _shape, _isLoading) = (window, DayColumns.Of(window.Coverage.Days), false);
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

    private async Task ShowChosen()
    {
        if (_first is not { } first || _last is not { } last)
            _refusal = "Give the first and the last day.";
        else if (first > last)
            _refusal = $"The first day, {Iso(first)}, lies after the last, {Iso(last)}.";
        else if (new DaySpan(first, last).Within(Extent) is not { } span)
            _refusal = $"No signal lies from {Iso(first)} to {Iso(last)}; the stored ones go from {Iso(Extent.First)} to {Iso(Extent.Last)}.";
        else
            await ShowAsync(span);
    }

    private async Task ShowAsync(DaySpan span)
    {
        (_refusal, _first, _last) = (null, span.First, span.Last);
        await OnChoose.InvokeAsync(span);
    }

    private static string Pressed(bool isShown) => isShown ? "true" : "false";

    private static string Iso(DateOnly day) => $"{day:yyyy-MM-dd}";

    private string Summary => _isLoading ? "Reading the history…"
        : $"{Iso(Span.First)} to {Iso(Span.Last)}, {(Span.Days == 1 ? "1 day" : $"{Span.Days:#,0} days")} (UTC)";
}
