using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Live;

/// <summary>
/// What every component is (see _Imports.razor): a click whose command meets a database that is away ends with a sentence
/// on top of the page (<see cref="OutageNotice"/>), and the page goes on as it was.
/// </summary>
public abstract class GuardedComponent : ComponentBase, IHandleEvent
{
    // Looked up when something has failed: a table has thousands of these.
    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    /// <summary>As <see cref="ComponentBase"/> does it, but for the guard.</summary>
    Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem callback, object? arg)
    {
        var command = callback.InvokeAsync(arg);
        var isOver = command.IsCompletedSuccessfully || command.IsCanceled;
        StateHasChanged();
        return isOver ? Task.CompletedTask : EndAsync(command);
    }

    private async Task EndAsync(Task command)
    {
        try
        {
            await command;
            Services.GetService<Outage>()?.Forget(); // it went through
        }
        catch (OperationCanceledException) when (command.IsCanceled)
        {
            return;
        }
        catch (Exception failure) when (Services.GetService<Outage>()?.Take(failure) == true)
        {
            // said
        }

        StateHasChanged();
    }
}
