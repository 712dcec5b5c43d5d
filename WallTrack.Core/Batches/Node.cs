using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>
/// This process among those that share the database. It shows that it lives in two ways: a lock that the system lets go
/// of when the process ends, and a beat that stops when it is only frozen or cut off.
/// </summary>
internal sealed class Node(Database database, BatchOptions options, DatabaseClock clock, TimeProvider time) : IAsyncDisposable
{
    /// <summary>For what is asked every second: a connection that does not answer so little is no longer one.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(5); // half of what others wait
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly string Version = typeof(Node).Assembly.GetName().Version!.ToString(3);
    private readonly ConcurrentDictionary<Guid, Claim> _inHand = [];
    private readonly ConcurrentDictionary<Guid, bool> _minded = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAsyncDisposable? _lock;
    private long _slicesDone;
    private long _beatAt;

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>Of the simulation; batches of another one are not worked on.</summary>
    public string EngineVersion => options.EngineVersion;

    public int Cores => options.Cores;

    /// <summary>Pumps that may be at work in it at once where jobs are shared.</summary>
    public int Places => Cores + SliceLedger.SparePumps;

    /// <summary>Slices whose results this process stored.</summary>
    public long SlicesDone => Interlocked.Read(ref _slicesDone);

    /// <summary>Cancelled when the process is to end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Completes once others can see that this process lives; a claim before that would be taken for a dead one's.</summary>
    public Task Known => _known.Task;

    /// <summary>
    /// Whether others saw it live a moment ago. When they did not, they may be about to take its slices for abandoned, so
    /// it takes no new ones.
    /// </summary>
    public bool IsSeen => time.GetElapsedTime(Volatile.Read(ref _beatAt)) < LongestUnseen;

    /// <summary>Until it is seen.</summary>
    public async Task SeenAsync(CancellationToken cancellation)
    {
        await Known.WaitAsync(cancellation);
        while (!IsSeen)
            await Task.Delay(BetweenLooks, time, cancellation);
    }

    /// <summary>Makes a batch one that this process goes on with in any case.</summary>
    public void Mind(Guid batch) => _minded[batch] = true;

    public bool Minds(Guid batch) => _minded.ContainsKey(batch);

    public bool Holds(Claim claim) => _inHand.ContainsKey(claim.Token);

    /// <summary>Marks a claim as one that a pump of this process is working on.</summary>
    public IDisposable Hold(Claim claim)
    {
        _inHand[claim.Token] = claim;
        return new Held(this, claim.Token);
    }

    public void CountSlice() => Interlocked.Increment(ref _slicesDone);

    /// <summary>Shows that this process lives, and what it does; the first time it also makes itself known.</summary>
    public async Task BeatAsync(NodeLoad load, CancellationToken cancellation)
    {
        try
        {
            _lock ??= await database.TryLockAsync(LockName(Id), isLasting: false, cancellation);
            await database.InTransactionAsync(async context =>
            {
                context.Database.SetCommandTimeout(LongestAnswer);
                var asked = time.GetUtcNow();
                if (await database.NowAsync(context, cancellation) is { } databaseNow)
                    clock.Set(databaseNow, time, asked);
                var now = clock.GetUtcNow().UtcDateTime;
                var known = await context.Set<NodeRecord>().Where(node => node.Id == Id).ExecuteUpdateAsync(set => set
                    .SetProperty(node => node.Beat, node => node.Beat + 1).SetProperty(node => node.BeatAt, now)
                    .SetProperty(node => node.Busy, load.Busy).SetProperty(node => node.Cpu, load.Cpu).SetProperty(node => node.MemoryBytes, load.MemoryBytes)
                    .SetProperty(node => node.SlicesDone, SlicesDone).SetProperty(node => node.Note, load.Note), cancellation);
                if (known == 0)
                {
                    context.Add(new NodeRecord
                    {
                        Id = Id, Name = options.NodeName, Role = options.Role, Version = Version, EngineVersion = EngineVersion, Cores = options.Cores,
                        StartedAt = now, Beat = 0, BeatAt = now, Busy = load.Busy, Cpu = load.Cpu, MemoryBytes = load.MemoryBytes, SlicesDone = SlicesDone, Note = load.Note,
                    });
                    await context.SaveChangesAsync(cancellation);
                }

                return known;
            }, cancellation);
            Volatile.Write(ref _beatAt, time.GetTimestamp());
            _known.TrySetResult();
        }
        catch
        {
            await LetGoAsync(); // the connection that held the lock may be gone: it is taken anew with the next beat
            throw;
        }
    }

    /// <summary>Whether the process of that node has ended; a frozen one has not.</summary>
    public async Task<bool> HasEndedAsync(Guid other, CancellationToken cancellation)
    {
        await using var taken = await database.TryLockAsync(LockName(other), isLasting: false, cancellation);
        return taken is not null;
    }

    public void End() => _ending.Cancel();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var context = database.CreateContextFactory().CreateDbContext();
            await context.Set<NodeRecord>().Where(node => node.Id == Id).ExecuteDeleteAsync();
        }
        catch (Exception failure) when (database.IsPassing(failure))
        {
            // It is only a courtesy: others notice that the lock is free.
        }
        finally
        {
            await LetGoAsync();
            _ending.Dispose();
        }
    }

    private async Task LetGoAsync()
    {
        if (Interlocked.Exchange(ref _lock, null) is { } held)
            await held.DisposeAsync();
    }

    private static string LockName(Guid node) => $"node-{node:N}";

    private sealed class Held(Node node, Guid token) : IDisposable
    {
        public void Dispose() => node._inHand.TryRemove(token, out _);
    }
}
