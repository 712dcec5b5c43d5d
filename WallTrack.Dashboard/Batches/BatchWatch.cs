using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>
/// Follows one batch for as long as it is on a page, and shows nothing itself. What happens while the page is busy with
/// one state is merged into the next.
/// </summary>
public sealed class BatchWatch : ComponentBase, IDisposable
{
    private CancellationTokenSource? _stop;
    private Guid? _watched;

    [Parameter, EditorRequired]
    public Guid Batch { get; set; }

    /// <summary>Each state that is seen, the first at once; on the page's dispatcher.</summary>
    [Parameter, EditorRequired]
    public EventCallback<BatchSnapshot> OnState { get; set; }

    /// <summary>There is no such batch, or none any more.</summary>
    [Parameter]
    public EventCallback OnGone { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    public void Dispose()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    protected override void OnParametersSet()
    {
        if (_watched == Batch || !RendererInfo.IsInteractive)
            return;
        Dispose();
        (_watched, _stop) = (Batch, new());
        var (batch, stop) = (Batch, _stop.Token);
        _ = Task.Run(() => FollowAsync(batch, stop), CancellationToken.None);
    }

    private async Task FollowAsync(Guid batch, CancellationToken stop)
    {
        try
        {
            await foreach (var state in Runner.WatchAsync(batch, stop))
                await InvokeAsync(() => stop.IsCancellationRequested ? Task.CompletedTask : OnState.InvokeAsync(state));
            await InvokeAsync(() => stop.IsCancellationRequested ? Task.CompletedTask : OnGone.InvokeAsync());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the page is closed, or shows another batch
        }
#pragma warning disable CA1031 // there is no caller: the page must hear of it
        catch (Exception failure) when (failure is not ObjectDisposedException)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(failure);
        }
    }
}
