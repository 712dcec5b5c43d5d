using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.Live;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Batches;

/// <summary>Batches, newest first, live: read again when one of them changes, and now and then in any case.</summary>
public sealed partial class BatchTable : IDisposable
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private WallTrack.Batches.BatchPage? _page;
    private (BatchStatus?, int, int)? _asked;
    private bool _isStale;
    private Pace? _pace;
    private IDisposable? _listening;
    private ITimer? _poll;

    /// <summary>Null: all.</summary>
    [Parameter]
    public BatchStatus? Status { get; set; }

    /// <summary>From 1.</summary>
    [Parameter]
    public int Page { get; set; } = 1;

    [Parameter]
    public int RowsAPage { get; set; } = 50;

    /// <summary>Without it, only the first page can be seen.</summary>
    [Parameter]
    public EventCallback<int> OnPage { get; set; }

    /// <summary>How many match, when that is another number than before.</summary>
    [Parameter]
    public EventCallback<int> OnCount { get; set; }

    /// <summary>In place of the table when nothing matches.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private Bell Bell { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    public void Dispose()
    {
        _listening?.Dispose();
        _poll?.Dispose();
        _pace?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_pace is null && RendererInfo.IsInteractive)
        {
            // Before the first look, so that nothing falls between the two.
            var pace = _pace = new(Time, BetweenReads, () => InvokeAsync(UpdateAsync));
            _listening = Bell.Listen(_ => pace.Ring());
            _poll = Time.CreateTimer(_ => pace.Ring(), null, Poll, Poll);
        }

        if (_asked == (Status, Page, RowsAPage))
            return;
        _asked = (Status, Page, RowsAPage);
        await ReadAsync();
    }

    private async Task UpdateAsync()
    {
        try
        {
            await ReadAsync();
            _isStale = false;
            StateHasChanged();
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            _isStale = true; // the next poll may do better
            StateHasChanged();
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task ReadAsync()
    {
        var (status, page, rows) = (Status, Page, RowsAPage);
        var read = await Task.Run(() => Runner.ListAsync((page - 1) * rows, rows, status));
        if (_asked != (status, page, rows))
            return;
        var isNews = _page?.Count != read.Count;
        _page = read;
        if (isNews)
            await OnCount.InvokeAsync(read.Count);
    }
}
