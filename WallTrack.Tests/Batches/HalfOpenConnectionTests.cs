using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WallTrack.Batches;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>The way to the server goes dead without a word: both ends go on believing in their connections.</summary>
public sealed class HalfOpenConnectionTests(PostgreSqlServer server)
{
    private const int Scenarios = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // ten of silence, ten for its transaction, and some

    [Fact]
    public async Task A_process_that_is_cut_off_loses_its_slices_but_not_by_death_and_takes_part_again()
    {
        await using var test = await TestDatabase.CreateAsync(Product.PostgreSql, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var detour = new NpgsqlConnectionStringBuilder(test.Database.ConnectionString);
        await using var wire = new Wire(detour.Port);
        detour.Port = wire.Port;
        await using var cut = await StartAsync(Database.Of(detour.ToString()), "cut");
        await using var whole = await StartAsync(test.Database, "whole");
        var batch = await whole.Runner.StartAsync(SmallSweep.Request(Scenarios, workers: 4));
        var node = cut.Get<Node>();
        await GoesOnAsync(node);

        // What was open is dead, and what is opened anew works: nobody may wait for long.
        wire.CutOpen();
        await Task.Delay(TimeSpan.FromSeconds(1));
        wire.CutOpen();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => node.IsSeen, "it is still unseen", TimeSpan.FromSeconds(9));
        await Eventually.TrueAsync(() => cut.Get<Neighbours>().Now is { Count: 2 } all && all.All(state => state.IsLive), "it sees nobody", TimeSpan.FromSeconds(5));
        await GoesOnAsync(node);

        // Nothing works.
        wire.IsDead = true;
        wire.CutOpen();
        await Eventually.TrueAsync(() => !node.IsSeen, "it does not know that it is cut off", Patience);
        await Eventually.TrueAsync(async () => await HeldByAsync(test.Database, node.Id) == 0, "its slices are never given to another", Patience);
        wire.IsDead = false;
        Assert.Equal(BatchStatus.Completed, (await whole.EndOfAsync(batch)).Status);
        await whole.Runner.StartAsync(SmallSweep.Request(Scenarios, workers: 4));
        await GoesOnAsync(node);

        var end = await StoredBatch.ReadAsync(test.Database, batch);
        Assert.Equal((Scenarios, Scenarios, 0), (end.Batch!.Completed, end.Results.Select(result => result.Position).Distinct().Count(), end.Slices.Max(slice => slice.Deaths)));
    }

    private static Task GoesOnAsync(Node node)
    {
        var before = node.SlicesDone;
        return Eventually.TrueAsync(() => node.SlicesDone > before + 2, $"{before} slices, and no more", Patience);
    }

    private static Task<BatchHost> StartAsync(Database database, string name) => BatchHost.StartAsync(database, BatchFaults.Slowly(TimeSpan.FromMilliseconds(400)), new() { NodeName = name, Role = NodeRole.Worker, Cores = 2 });

    private static async Task<int> HeldByAsync(Database database, Guid node)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Set<Slice>().CountAsync(slice => slice.NodeId == node);
    }

    /// <summary>A way to the server that can go dead without closing anything.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly int _server;
        private readonly Task _accepting;
        private CancellationTokenSource _cut = new();

        public Wire(int server)
        {
            _server = server;
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Whether new connections carry nothing either.</summary>
        public bool IsDead { get; set; }

        /// <summary>From now on what is open carries nothing any more.</summary>
        public void CutOpen() => Interlocked.Exchange(ref _cut, new()).Cancel();

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _accepting;
            _listener.Dispose();
            _end.Dispose();
        }

        private async Task AcceptAsync()
        {
            var carried = new List<Task>();
            try
            {
                while (true)
                    carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(carried);
            }
        }

        private async Task CarryAsync(TcpClient client)
        {
            using var near = client;
            using var far = new TcpClient();
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, _end.Token);
            if (!IsDead)
            {
                await far.ConnectAsync(IPAddress.Loopback, _server);
                near.NoDelay = far.NoDelay = true;
                await Task.WhenAny(CopyAsync(near, far, cut.Token), CopyAsync(far, near, cut.Token));
            }

            if (IsDead || cut.IsCancellationRequested)
                await Task.Delay(Timeout.Infinite, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private static async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken cut)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream(), cut);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // Cut, or one end has closed it.
            }
        }
    }
}
