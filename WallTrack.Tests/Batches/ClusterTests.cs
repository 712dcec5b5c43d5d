using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WallTrack.Batches;
using WallTrack.Notifications;
using WallTrack.Simulation;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>Several processes on one PostgreSQL, here as hosts of one process, and what one does that another sees.</summary>
public sealed class ClusterTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_batch_is_spread_over_the_processes_and_can_be_watched_and_cancelled_from_any()
    {
        await using var test = await CreateAsync();
        await using var one = await StartAsync(test, "one");
        await using var other = await StartAsync(test, "other");
        var batch = await one.Runner.StartAsync(SmallSweep.Request(300, workers: 4));
        await Eventually.TrueAsync(async () => (await HoldersAsync(test.Database, batch)).Count == 2, "one process has it all");
        await Eventually.TrueAsync(async () => await other.Runner.GetAsync(batch) is { Done: > 4 }, "the other process sees no progress");

        var since = Stopwatch.GetTimestamp();
        Assert.True(await other.Runner.CancelAsync(batch));
        await Eventually.TrueAsync(async () => (await other.Runner.GetAsync(batch))!.Status == BatchStatus.Cancelled, "it goes on", TimeSpan.FromSeconds(10));

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 2);
        Assert.Empty(await HoldersAsync(test.Database, batch));
        Assert.True(await other.Runner.ResumeAsync(batch));
        await Eventually.TrueAsync(async () => (await HoldersAsync(test.Database, batch)).Count == 2, "only one process goes on");
    }

    [Fact]
    public async Task A_process_that_ends_politely_hands_back_at_once()
    {
        await using var test = await CreateAsync();
        await using var one = await StartAsync(test, "one");
        var batch = await one.Runner.StartAsync(SmallSweep.Request(300, workers: 4));
        var ending = await StartAsync(test, "ending");
        var id = ending.Get<Node>().Id;
        await Eventually.TrueAsync(async () => (await HoldersAsync(test.Database, batch)).Contains(id), "it gets nothing");

        var since = Stopwatch.GetTimestamp();
        await ending.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 2);
        Assert.DoesNotContain(id, await HoldersAsync(test.Database, batch));
        Assert.Equal(0, (await StoredBatch.ReadAsync(test.Database, batch)).Slices.Max(slice => slice.Deaths));
    }

    [Fact]
    public async Task A_process_with_another_engine_takes_nothing_and_says_why()
    {
        await using var test = await CreateAsync();
        await using var other = await BatchHost.StartAsync(test.Database, options: new() { NodeName = "newer", EngineVersion = "99" });
        var batch = await BatchFaults.StoreAsync(test.Database, SmallSweep.Request(20));
        await Eventually.TrueAsync(async () => (await other.Runner.GetAsync(batch))!.Trouble is not null, "the batch does not say what it waits for");
        Assert.Contains($"waits for a process with simulation engine {Simulator.EngineVersion}", (await other.Runner.GetAsync(batch))!.Trouble, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await RecordAsync(test.Database, "newer")).Note is not null, "the node does not say why");
        Assert.Contains("this one has engine 99", (await RecordAsync(test.Database, "newer")).Note, StringComparison.Ordinal);

        await using (var right = await StartAsync(test, "right"))
            Assert.Equal(BatchStatus.Completed, (await right.EndOfAsync(batch)).Status);

        Assert.Equal(0, (await RecordAsync(test.Database, "newer")).SlicesDone);

        await Eventually.TrueAsync(async () => (await RecordAsync(test.Database, "newer")).Note is null, "it still complains");
    }

    [Fact]
    public async Task Every_batch_gets_its_share_when_several_wait_for_few_machines()
    {
        await using var test = await CreateAsync();
        await using var only = await StartAsync(test, "only", Slow / 10); // slices of a hundred scenarios
        var first = await only.Runner.StartAsync(SmallSweep.Request(2_000, workers: 8));
        await Eventually.TrueAsync(async () => await only.Runner.GetAsync(first) is { Done: > 0 }, "nothing happens");
        var second = await only.Runner.StartAsync(SmallSweep.Request(20, workers: 8));

        Assert.Equal(BatchStatus.Completed, (await only.EndOfAsync(second)).Status);
        Assert.Equal(BatchStatus.Running, (await only.Runner.GetAsync(first))!.Status);
    }

    [Fact]
    public async Task Three_batches_on_four_places_all_go_on()
    {
        await using var test = await CreateAsync();
        await using var only = await BatchHost.StartAsync(test.Database, BatchFaults.Slowly(Slow), new() { Role = NodeRole.Worker, Cores = 3 });
        var batches = new List<Guid>();
        for (var batch = 0; batch < 3; batch++)
        {
            batches.Add(await only.Runner.StartAsync(SmallSweep.Request(300, workers: 8)));
            var last = batches[^1];
            await Eventually.TrueAsync(async () => await only.Runner.GetAsync(last) is { Done: > 0 }, $"batch {batch} gets no place", TimeSpan.FromSeconds(10));
        }

        foreach (var batch in batches)
            Assert.Equal(BatchStatus.Running, (await only.Runner.GetAsync(batch))!.Status);
    }

    [Theory]
    [InlineData("ERROR")]
    [InlineData("COMPLETE")]
    [InlineData("PAUSED")]
    public async Task A_job_that_nothing_will_start_again_is_made_anew(string state)
    {
        await using var test = await CreateAsync();
        var batch = await BatchFaults.StoreAsync(test.Database, SmallSweep.Request(1));
        Assert.Equal(1, await ExecuteAsync(test.Database, $"UPDATE qrtz_triggers SET trigger_state = '{state}'"));

        await using var host = await StartAsync(test, "one");

        Assert.Equal(BatchStatus.Completed, (await host.EndOfAsync(batch)).Status);
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public async Task A_machine_whose_clock_is_wrong_takes_its_part_like_any_other(int seconds)
    {
        await using var test = await CreateAsync();
        await using var right = await StartAsync(test, "right");
        await using var wrong = await BatchHost.StartAsync(test.Database, services =>
        {
            BatchFaults.Slowly(Slow)(services);
            services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromSeconds(seconds)));
        }, new() { NodeName = "wrong", Role = NodeRole.Worker, Cores = 2 });
        await Eventually.TrueAsync(() => right.Get<Neighbours>().Now.Count == 2, "they do not know each other");

        var batch = await right.Runner.StartAsync(SmallSweep.Request(300, workers: 4));
        await Eventually.TrueAsync(() => wrong.Get<Node>().SlicesDone > 0, "it gets nothing", TimeSpan.FromSeconds(8));

        Assert.Equal(BatchStatus.Completed, (await wrong.EndOfAsync(batch)).Status);
        Assert.Equal(0, (await StoredBatch.ReadAsync(test.Database, batch)).Slices.Max(slice => slice.Deaths));
    }

    [Fact]
    public async Task What_one_process_rings_for_the_others_hear_and_nobody_hears_himself_twice()
    {
        await using var test = await CreateAsync();
        await using var one = await StartAsync(test, "one");
        await using var other = await StartAsync(test, "other");
        var subject = Guid.NewGuid();
        var (here, there) = (0, 0);
        using var own = one.Get<Bell>().Listen(rung => Count(ref here, rung == subject));
        using var foreign = other.Get<Bell>().Listen(rung => Count(ref there, rung == subject));

        await Eventually.TrueAsync(() => RingUntil(ref there), "the other process hears nothing"); // it may not listen yet
        var (rungHere, heard) = (here, there);
        await Task.Delay(300); // notices on their way
        Assert.Equal(rungHere, here);
        Assert.InRange(there, heard, rungHere);

        bool RingUntil(ref int heardThere)
        {
            one.Get<Bell>().Ring(subject);
            return Volatile.Read(ref heardThere) > 0;
        }

        static void Count(ref int counter, bool counts)
        {
            if (counts)
                Interlocked.Increment(ref counter);
        }
    }

    [Fact]
    public async Task A_cut_connection_is_made_anew_and_then_everything_may_have_changed()
    {
        await using var test = await CreateAsync();
        await using var one = await StartAsync(test, "one");
        await using var other = await StartAsync(test, "other");
        var (anything, subject, heard) = (0, Guid.NewGuid(), 0);
        using var listening = other.Get<Bell>().Listen(rung => _ = rung == Bell.Anything ? Interlocked.Increment(ref anything) : rung == subject ? Interlocked.Increment(ref heard) : 0);
        await Eventually.TrueAsync(() => Volatile.Read(ref anything) > 0 || RingAndLook(), "it does not listen");
        var before = Volatile.Read(ref anything);

        await using (var connection = new NpgsqlConnection(test.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN walltrack' AND datname = current_database()";
            Assert.Equal(2L, await command.ExecuteScalarAsync());
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref anything) > before, "nobody is told to read again");
        heard = 0;
        await Eventually.TrueAsync(() => RingAndLook(), "the new connection hears nothing");

        bool RingAndLook()
        {
            one.Get<Bell>().Ring(subject);
            return Volatile.Read(ref heard) > 0;
        }
    }

    private async Task<TestDatabase> CreateAsync()
    {
        var test = await TestDatabase.CreateAsync(Product.PostgreSql, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        return test;
    }

    private static Task<BatchHost> StartAsync(TestDatabase test, string name, TimeSpan? slow = null) =>
        BatchHost.StartAsync(test.Database, BatchFaults.Slowly(slow ?? Slow), new() { NodeName = name, Role = NodeRole.Worker, Cores = 2 });

    private static async Task<int> ExecuteAsync(Database database, string sql)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task<HashSet<Guid>> HoldersAsync(Database database, Guid batch)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return [.. await context.Set<Slice>().Where(slice => slice.BatchId == batch && slice.State == SliceState.Claimed).Select(slice => slice.NodeId!.Value).Distinct().ToListAsync()];
    }

    private static async Task<NodeRecord> RecordAsync(Database database, string name)
    {
        await using var context = database.CreateContextFactory().CreateDbContext();
        return await context.Set<NodeRecord>().SingleAsync(node => node.Name == name);
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
