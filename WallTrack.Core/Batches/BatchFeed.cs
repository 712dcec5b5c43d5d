using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using WallTrack.Notifications;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// The latest state of batches, for whoever watches. All watchers of a batch share one reading of the database: at once
/// when the bell rings, but at most every 200 ms, and once a second in any case. A watcher that is slow misses states in
/// between, never the last.
/// </summary>
internal sealed class BatchFeed : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Bell _bell;
    private readonly Troubles _troubles;
    private readonly TimeProvider _time;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Topic> _topics = [];

    public BatchFeed(Database database, Bell bell, Troubles troubles, TimeProvider time) =>
        (_database, _bell, _troubles, _time) = (database, bell, troubles, time);

    /// <summary>The batch as it is, then each later state; ends when there is no such batch, or none any more.</summary>
    public async IAsyncEnumerable<BatchSnapshot> WatchAsync(Guid batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var latest = Channel.CreateBounded<BatchSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var topic = Join(batch, latest.Writer);
        try
        {
            var revision = -1L;
            await foreach (var snapshot in latest.Reader.ReadAllAsync(cancellation))
            {
                if (snapshot.Revision < revision)
                    continue;
                revision = snapshot.Revision;
                yield return snapshot;
            }
        }
        finally
        {
            Leave(batch, topic, latest.Writer);
        }
    }

    /// <summary>Ends what still reads: at the end of a process pages may close after their server has.</summary>
    public async ValueTask DisposeAsync()
    {
        Topic[] open;
        lock (_lock)
        {
            open = [.. _topics.Values];
            _topics.Clear();
        }

        foreach (var topic in open)
        {
            topic.Stop();
            await topic.Run;
        }
    }

    public async Task<BatchSnapshot?> ReadAsync(Guid batch, CancellationToken cancellation)
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        var row = await context.Set<Batch>().Where(row => row.Id == batch).Select(BatchSnapshot.Columns).SingleOrDefaultAsync(cancellation);
        return row?.At(_time.GetUtcNow().UtcDateTime, _troubles.Of(batch));
    }

    /// <summary>What keeps it from going on in this process; null when nothing does.</summary>
    public string? TroubleOf(Guid batch) => _troubles.Of(batch);

    private Topic Join(Guid batch, ChannelWriter<BatchSnapshot> watcher)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(batch, out var topic))
            {
                _topics.Add(batch, topic = new(this, batch));
                topic.Start();
            }

            topic.Add(watcher);
            return topic;
        }
    }

    private void Leave(Guid batch, Topic topic, ChannelWriter<BatchSnapshot> watcher)
    {
        lock (_lock)
        {
            if (topic.Remove(watcher) > 0 || _topics.GetValueOrDefault(batch) != topic)
                return;
            _topics.Remove(batch);
            topic.Stop();
        }
    }

    /// <summary>The reading of one batch.</summary>
#pragma warning disable CA1001 // both are garbage once the loop has ended: neither has a timer or a handle
    private sealed class Topic(BatchFeed feed, Guid batch)
#pragma warning restore CA1001
    {
        private readonly HashSet<ChannelWriter<BatchSnapshot>> _watchers = [];
        private readonly Alarm _alarm = new();
        private readonly CancellationTokenSource _stop = new();
        private BatchSnapshot? _latest;

        public Task Run { get; private set; } = Task.CompletedTask;

        public void Start() => Run = Task.Run(RunAsync);

        public void Stop() => _stop.Cancel();

        public void Add(ChannelWriter<BatchSnapshot> watcher)
        {
            lock (_watchers)
            {
                _watchers.Add(watcher);
                if (_latest is not null)
                    watcher.TryWrite(_latest);
            }
        }

        public int Remove(ChannelWriter<BatchSnapshot> watcher)
        {
            lock (_watchers)
            {
                _watchers.Remove(watcher);
                return _watchers.Count;
            }
        }

        private async Task RunAsync()
        {
            using var listening = feed._bell.Listen(subject =>
            {
                if (subject == batch || subject == Bell.Anything)
                    _alarm.Ring();
            });
            try
            {
                while (true)
                {
                    if (await ReadAsync() is not { } snapshot)
                        break;
                    Publish(snapshot);
                    await Task.Delay(Least, feed._time, _stop.Token);
                    await _alarm.WaitAsync(Most - Least, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // there is no caller: whoever watches must hear of it
            catch (Exception failure)
#pragma warning restore CA1031
            {
                End(failure);
                return;
            }

            End(null);
        }

        private void End(Exception? failure)
        {
            lock (feed._lock)
            {
                if (feed._topics.GetValueOrDefault(batch) == this) // all may have left, and others come
                    feed._topics.Remove(batch);
            }

            lock (_watchers)
            {
                foreach (var watcher in _watchers)
                    watcher.TryComplete(failure);
            }
        }

        /// <summary>When the database is away, the state that was last seen, and that it is away.</summary>
        private async Task<BatchSnapshot?> ReadAsync()
        {
            while (true)
            {
                try
                {
                    return await feed.ReadAsync(batch, _stop.Token);
                }
                catch (Exception failure) when (feed._database.IsPassing(failure) && !_stop.IsCancellationRequested)
                {
                    if (_latest is not null)
                        Publish(_latest with { Trouble = Troubles.OfDatabase(failure) });
                    await Task.Delay(Most, feed._time, _stop.Token);
                }
            }
        }

        private void Publish(BatchSnapshot snapshot)
        {
            lock (_watchers)
            {
                _latest = snapshot;
                foreach (var watcher in _watchers)
                    watcher.TryWrite(snapshot);
            }
        }
    }
}
