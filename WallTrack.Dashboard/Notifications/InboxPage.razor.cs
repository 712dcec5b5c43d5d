using System.Data.Common;
using Microsoft.AspNetCore.Components;
using WallTrack.Notifications;

namespace WallTrack.Dashboard.Notifications;

/// <summary>The inbox, newest first.</summary>
public sealed partial class InboxPage : IDisposable
{
    private IReadOnlyList<Notification>? _notifications;
    private string? _failure;

    [Inject]
    private Inbox Inbox { get; set; } = default!;

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
        await ReadAsync();
        StateHasChanged();
    });

    private async Task ReadAsync()
    {
        try
        {
            (_notifications, _failure) = (await Inbox.ListAsync(), null);
        }
        catch (DbException failure)
        {
            _failure = $"The inbox cannot be read: {failure.Message}";
        }
    }

    private async Task MarkAllReadAsync()
    {
        await Inbox.MarkReadAsync();
        await ReadAsync();
    }
}
