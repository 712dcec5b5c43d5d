using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using WallTrack.Notifications;

namespace WallTrack.Dashboard.Notifications;

/// <summary>
/// The way to the inbox with the number of unread notifications, on every page. What comes in while the page is open is
/// shown as a message, and by the browser when the page is hidden and the operator has allowed it.
/// </summary>
public sealed partial class NotificationBell : IDisposable
{
    private const int MostMessages = 3;
    private const double MessageMilliseconds = 8_000;
    private int _unread;

    [Inject]
    private NotificationFeed Feed { get; set; } = default!;

    [Inject]
    private NotificationService Messages { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Label => _unread switch { 0 => "Notifications, none unread", 1 => "Notifications, 1 unread", _ => $"Notifications, {_unread:#,0} unread" };

    private string CountText => _unread > 99 ? "99+" : $"{_unread}";

    public void Dispose() => Feed.Changed -= Hear;

    protected override void OnInitialized()
    {
        _unread = Feed.Unread;
        if (RendererInfo.IsInteractive)
            Feed.Changed += Hear;
    }

    private void Hear(InboxState state) => _ = InvokeAsync(async () =>
    {
        _unread = state.Unread;
        StateHasChanged();
        foreach (var notification in state.New.TakeLast(MostMessages))
        {
            Messages.Notify(new NotificationMessage
            {
                Severity = notification.IsBad ? NotificationSeverity.Warning : NotificationSeverity.Success,
                Summary = notification.Title,
                Detail = notification.Text,
                Duration = MessageMilliseconds,
                Click = _ => Navigation.NavigateTo($"/batches/{notification.BatchId}"),
            });
            try
            {
                await Script.InvokeVoidAsync("walltrack.notify", notification.Title, notification.Text, $"/batches/{notification.BatchId}");
            }
            catch (JSException)
            {
                // The browser refuses notifications; the message is on the page.
            }
            catch (JSDisconnectedException)
            {
                return;
            }
        }
    });
}
