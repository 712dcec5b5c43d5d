using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WallTrack.Notifications;

/// <summary>How many are unread, and those that came since the state before.</summary>
public sealed record InboxState(int Unread, IReadOnlyList<Notification> New);

/// <summary>
/// Tells every open page what comes into the inbox. One reading for all of them: after a ring, and every two seconds for
/// what other processes stored.
/// </summary>
public sealed class NotificationFeed(Inbox inbox, Bell bell, TimeProvider time, ILogger<NotificationFeed> log) : BackgroundService
{
    private const int Latest = 20;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);
    private readonly Alarm _alarm = new();
    private HashSet<Guid>? _known;

    /// <summary>Raised on any thread when something came, or the number of unread ones is another.</summary>
    public event Action<InboxState>? Changed;

    /// <summary>Of the last reading.</summary>
    public int Unread { get; private set; }

    public override void Dispose()
    {
        _alarm.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = bell.Listen(_ => _alarm.Ring());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
                await Task.Delay(Least, time, stoppingToken);
                await _alarm.WaitAsync(Most, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be away; the next reading catches up
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogDebug(failure, "The inbox could not be read");
                await Task.Delay(Most, time, CancellationToken.None);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var latest = await inbox.ListAsync(Latest, cancellation);
        var unread = await inbox.CountUnreadAsync(cancellation);
        IReadOnlyList<Notification> arrived = _known is null ? [] : [.. latest.Where(notification => !_known.Contains(notification.Id)).Reverse()];
        var isOther = arrived.Count > 0 || unread != Unread;
        (_known, Unread) = ([.. latest.Select(notification => notification.Id)], unread);
        if (isOther)
            Changed?.Invoke(new(unread, arrived));
    }
}
