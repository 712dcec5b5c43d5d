using System.Globalization;
using Microsoft.AspNetCore.Components;
using WallTrack.Dashboard.Live;
using WallTrack.History;
using WallTrack.Storage;

namespace WallTrack.Dashboard.History;

/// <summary>What history is stored, and how more of it comes in. The days shown are in the address.</summary>
public sealed partial class HistoryPage : IDisposable
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private ImportSnapshot _snapshot = new(null, null);
    private IReadOnlyList<ImportRecord> _log = [];
    private DaySpan? _extent;
    private long _version;
    private Pace? _pace;
    private Pace? _lookout;
    private ITimer? _poll;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [Inject]
    private ImportRunner Runner { get; set; } = default!;

    [Inject]
    private ImportLog Log { get; set; } = default!;

    [Inject]
    private HistoryLibrary Library { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private bool IsEmpty => _extent is null;

    public void Dispose()
    {
        if (_pace is null)
            return;
        Runner.Changed -= _pace.Ring;
        _pace.Dispose();
        _poll?.Dispose();
        _lookout?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            // Before the first look, so that nothing falls between the two.
            _pace = new(Time, BetweenUpdates, () => InvokeAsync(UpdateAsync));
            Runner.Changed += _pace.Ring;
            var lookout = _lookout = new(Time, Poll, () => InvokeAsync(LookAsync));
            _poll = Time.CreateTimer(_ => lookout.Ring(), null, Poll, Poll);
        }

        _snapshot = Runner.Snapshot;
        await ReadAsync();
    }

    private async Task UpdateAsync()
    {
        try
        {
            var wasRunning = _snapshot.Running is not null;
            var latest = Runner.Snapshot;
            if (latest.Running is null && (wasRunning || !ReferenceEquals(latest.Last, _snapshot.Last)))
                await ReadAsync();
            _snapshot = latest;
            StateHasChanged();
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    /// <summary>Another process may have imported something.</summary>
    private async Task LookAsync()
    {
        try
        {
            if (_snapshot.Running is not null || LatestOf(await Log.ListAsync(most: 1)) == LatestOf(_log))
                return;
            await ReadAsync();
            StateHasChanged();
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            // What was seen last stays; the next look may do better.
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task ReadAsync()
    {
        _log = await Log.ListAsync();
        _extent = await Library.ExtentAsync() is { } extent ? DaySpan.Of(extent.From, extent.To) : null;
        _version++;
    }

    /// <summary>The days in the address as far as there is history, or all.</summary>
    private DaySpan SpanOf(DaySpan extent) =>
        new DaySpan(DayOf(From) ?? extent.First, DayOf(To) ?? extent.Last).Within(extent) ?? extent;

    private void Choose(DaySpan span) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/history", new Dictionary<string, object?>
    {
        ["from"] = span == _extent ? null : $"{span.First:yyyy-MM-dd}",
        ["to"] = span == _extent ? null : $"{span.Last:yyyy-MM-dd}",
    }));

    private static Guid? LatestOf(IReadOnlyList<ImportRecord> log) => log.Count == 0 ? null : log[0].Id;

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
