using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.History;
using WallTrack.Dashboard.Live;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Home;

/// <summary>Leads a newcomer to a compared batch in three clicks: load a history, run the presets, look.</summary>
public sealed partial class GettingStarted : IDisposable
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(200);
    private ImportSnapshot _import = new(null, null);
    private (DateTime From, DateTime To)? _extent;
    private bool _isKnown;
    private bool _isStarting;
    private string? _refusal;
    private Pace? _pace;

    /// <summary>There is no batch yet.</summary>
    [Parameter, EditorRequired]
    public bool IsNew { get; set; }

    [Inject]
    private ImportRunner Imports { get; set; } = default!;

    [Inject]
    private HistoryLibrary Library { get; set; } = default!;

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private bool HasHistory => _extent is not null;

    private bool IsVisible => IsNew && _isKnown;

    private string HistoryText => _extent is { } extent
        ? $"Signals are stored from {extent.From:yyyy-MM-dd} to {extent.To.AddDays(-1):yyyy-MM-dd}."
        : "Signals and prices to replay: made up to try things with, or your own CSV files.";

    public void Dispose()
    {
        if (_pace is null)
            return;
        Imports.Changed -= _pace.Ring;
        _pace.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            // Before the first look, so that nothing falls between the two.
            _pace = new(Time, BetweenUpdates, () => InvokeAsync(UpdateAsync));
            Imports.Changed += _pace.Ring;
        }

        _import = Imports.Snapshot;
        await ReadAsync();
        _isKnown = true;
    }

    private async Task UpdateAsync()
    {
        try
        {
            var latest = Imports.Snapshot;
            if (latest.Running is null)
                await ReadAsync();
            _import = latest;
            _refusal = latest.Last is { End: ImportEnd.Failed or ImportEnd.Refused } outcome ? outcome.Sentence : null;
            StateHasChanged();
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task ReadAsync() => _extent = await Task.Run(() => Library.ExtentAsync());

    private void LoadDemo() => Imports.TryStart([new(ImportKind.MadeUp)]);

    private async Task StartAsync()
    {
        (_isStarting, _refusal) = (true, null);
        try
        {
            var request = new BatchRequest { Name = "All presets", ScenarioIds = [.. Presets.All.Select(preset => preset.Id)], From = _extent!.Value.From, To = _extent.Value.To };
            Navigation.NavigateTo($"/batches/{await Task.Run(() => Runner.StartAsync(request))}");
        }
        catch (NoHistoryException refusal)
        {
            (_refusal, _isStarting) = (refusal.Message, false);
        }
        catch
        {
            _isStarting = false;
            throw;
        }
    }
}
