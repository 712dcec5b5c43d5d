using Microsoft.AspNetCore.Components;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Notifications;

/// <summary>The inbox, newest first.</summary>
public sealed partial class InboxPage : IDisposable
{
    private IReadOnlyList<Notification>? _notifications;

    [Inject]
    private Inbox Inbox { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private NotificationFeed Feed { get; set; } = default!;

    private string Title => Feed.Unread == 0 ? "Notifications · WallTrack" : $"({Feed.Unread:#,0}) Notifications · WallTrack";

    private bool HasUnread => _notifications?.Any(notification => notification.ReadAt is null) == true;

    public void Dispose() => Feed.Changed -= Hear;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            Feed.Changed += Hear;
        await ReadAsync();
    }

    private void Hear(InboxState state) => _ = InvokeAsync(async () =>
    {
        try
        {
            await ReadAsync();
            StateHasChanged();
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            // What was seen last stays; the feed rings again when the database is back.
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    });

    private async Task ReadAsync() => _notifications = await Inbox.ListAsync();

    private async Task MarkAllReadAsync()
    {
        await Inbox.MarkReadAsync();
        await ReadAsync();
    }
}
