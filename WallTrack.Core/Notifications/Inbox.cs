using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Notifications;

/// <summary>What operators should hear of, newest first; read once, read for all of them.</summary>
public sealed class Inbox(Database database, Bell bell, TimeProvider time)
{
    /// <summary>The subject that the bell rings for when something was read.</summary>
    public static Guid ReadSubject { get; } = ContentId.Of("subject", "inbox");

    public async Task<IReadOnlyList<Notification>> ListAsync(int most = 100, CancellationToken cancellation = default)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Set<Notification>().OrderByDescending(notification => notification.CreatedAt).ThenByDescending(notification => notification.Id).Take(most).ToListAsync(cancellation);
    }

    public async Task<int> CountUnreadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Set<Notification>().CountAsync(notification => notification.ReadAt == null, cancellation);
    }

    /// <param name="batch">Only what is about that batch; null: everything.</param>
    public async Task MarkReadAsync(Guid? batch = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var read = await database.InTransactionAsync(context => context.Set<Notification>()
            .Where(notification => notification.ReadAt == null && (batch == null || notification.BatchId == batch))
            .ExecuteUpdateAsync(set => set.SetProperty(notification => notification.ReadAt, now), cancellation), cancellation);
        if (read > 0)
            bell.Ring(ReadSubject);
    }
}
