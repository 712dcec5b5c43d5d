using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// Which of the other processes still live. A lock alone does not tell: a server that was restarted has forgotten the
/// locks of processes that go on, and so has one that lost a connection. So a process whose lock is free is gone when its
/// beat, too, stands still for three seconds.
/// </summary>
internal sealed class Neighbours(Database database, Node node, TimeProvider time)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilenceWithoutLock = TimeSpan.FromSeconds(3); // beats come once a second
    private readonly Dictionary<Guid, (long Beat, long SeenAt)> _beats = [];

    /// <summary>It has ended, or its beat has stood still for ten seconds by our own clock.</summary>
    public async Task<bool> IsGoneAsync(Guid other, CancellationToken cancellation)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        var beat = await context.Set<NodeRecord>().Where(record => record.Id == other).Select(record => (long?)record.Beat).SingleOrDefaultAsync(cancellation);
        if (beat is null)
            return true; // it said good-bye
        if (!_beats.TryGetValue(other, out var seen) || seen.Beat != beat)
            _beats[other] = seen = (beat.Value, time.GetTimestamp());
        var silence = time.GetElapsedTime(seen.SeenAt);
        if (silence >= LongestSilence)
            return true;
        if (silence < LongestSilenceWithoutLock || !await node.HasEndedAsync(other, cancellation))
            return false;
        await context.Set<NodeRecord>().Where(record => record.Id == other).ExecuteDeleteAsync(cancellation);
        return true;
    }
}
