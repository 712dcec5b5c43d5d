using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Tests.CommandLine;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>
/// Three processes on one PostgreSQL, to whom everything happens that happens to machines: killed, frozen for longer than
/// anybody waits, told to end; the server restarted and crashed; every connection cut. The server is this test's own.
/// </summary>
public sealed class ClusterFaultTests : IAsyncLifetime
{
    private const int Processes = 3;
    private const int Scenarios = 2_000;
    private const int MostTries = 50;
    private const int TooFewToDisturb = 1_000; // below, another batch is stored, so that there always is work in progress
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(13); // a process is given up after ten, by Quartz after five
    private static readonly TimeSpan LongestReplacement = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1" ? 63 : Enum.GetValues<Fault>().Length;
    private static readonly MadeUpHistoryOptions History = new() { Signals = 20_000, Tokens = 60, Days = 10, BarHours = 48, Seed = 22 };
    private static readonly BatchRequest Request = SmallSweep.Request(Scenarios, workers: 2 * Processes) with { From = History.Start, To = History.End };
    private readonly PostgreSqlServer _server = new();
    private readonly List<(string Name, WallTrackProcess Process)> _processes = [];
    private readonly List<Guid> _batches = [];
    private readonly Random _random = new(12);
    private TestDatabase _test = null!;
    private int _started;
    private TimeSpan _longestReplacement;

    private enum Fault
    {
        Killed,
        Frozen,
        FrozenWithALock,
        Ended,
        ServerRestarted,
        ServerCrashed,
        ConnectionsCut,
    }

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _test = await TestDatabase.CreateAsync(Product.PostgreSql, _server);
        await _test.Importer.ImportMadeUpAsync(History);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in _processes)
            process.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Three_processes_end_every_batch_as_one_alone_does_whatever_happens_to_them()
    {
        var expected = await BatchFaults.UndisturbedAsync(Request, History);
        for (var process = 0; process < Processes; process++)
            _processes.Add(await StartAsync());

        var (hits, faults) = (0, new Dictionary<Fault, int>());
        for (var round = 0; round < Rounds; round++)
        {
            await MovesAsync($"nothing moves before round {round}");
            hits += await IsInWorkAsync() ? 1 : 0;
            var fault = (Fault)(round % Enum.GetValues<Fault>().Length);
            faults[fault] = faults.GetValueOrDefault(fault) + 1;
            await DoAsync(fault);
        }

        foreach (var batch in _batches)
        {
            await Eventually.TrueAsync(async () => (await StateAsync(batch)).Batch!.Status == BatchStatus.Completed, $"batch {batch} is stuck", Patience);
            var end = await StateAsync(batch);
            Assert.Equal((0, 1), (end.Batch!.Failed, end.Notifications));
            Assert.Equal(expected, await BatchFaults.ResultsAsync(new(_test.Database, _test.Library, new(_test.Database, _test.Library, new())), batch));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", faults.Select(fault => $"{fault.Value} x {fault.Key}"))}; {hits} of {Rounds} in mid-work, {_batches.Count} batches, slices of the killed given to others after {_longestReplacement.TotalSeconds:0.0} s at most");
        Assert.True(hits * 3 > Rounds, $"only {hits} of {Rounds} faults came in mid-work, so this proves little");
    }

    [Fact]
    public async Task A_process_ends_in_good_order_while_the_server_is_away()
    {
        var (_, process) = await StartAsync();
        using var ended = process;
        _batches.Add(await BatchFaults.StoreAsync(_test.Database, Request));
        await Eventually.TrueAsync(async () => await DoneAsync() > 0, "nothing moves", Patience);
        await _server.StopAsync("fast");

        var since = Stopwatch.GetTimestamp();
        await process.SignalAsync("TERM");
        var end = await process.EndAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 16);
        Assert.Equal(0, end.ExitCode);
        await _server.StartAgainAsync();
        NpgsqlConnection.ClearAllPools();
        using var next = (await StartAsync()).Process;
        await Eventually.TrueAsync(async () => (await StateAsync(_batches[0])).Batch!.Status == BatchStatus.Completed, "nobody goes on", Patience);
        Assert.Equal(Scenarios, (await StateAsync(_batches[0])).Batch!.Completed);
    }

    private async Task DoAsync(Fault fault)
    {
        var place = _random.Next(Processes);
        var (name, victim) = _processes[place];
        await Task.Delay(_random.Next(300));
        switch (fault)
        {
            case Fault.Killed:
                await victim.KillAsync();
                await IsReplacedAsync(name);
                _processes[place] = await StartAsync();
                break;
            case Fault.Frozen:
                await victim.SignalAsync("STOP");
                await Task.Delay(Frozen);
                await victim.SignalAsync("CONT");
                break;
            case Fault.FrozenWithALock:
                await FreezeWithALockAsync(victim);
                await MovesAsync("all wait for one that is frozen");
                await victim.SignalAsync("CONT");
                break;
            case Fault.Ended:
                await victim.SignalAsync("TERM");
                Assert.Equal(0, (await victim.EndAsync()).ExitCode);
                Assert.Equal(0, await HeldByAsync(name));
                _processes[place] = await StartAsync();
                break;
            case Fault.ServerRestarted:
                await _server.StopAsync("fast");
                await _server.StartAgainAsync();
                break;
            case Fault.ServerCrashed:
                await _server.StopAsync("immediate");
                await _server.StartAgainAsync();
                break;
            case Fault.ConnectionsCut:
                await using (var connection = new NpgsqlConnection(_test.Database.ConnectionString))
                {
                    await connection.OpenAsync();
                    await using var command = connection.CreateCommand();
                    command.CommandText = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
                    await command.ExecuteNonQueryAsync();
                }

                break;
            default:
                throw new InvalidOperationException($"{fault} is no fault.");
        }

        NpgsqlConnection.ClearAllPools(); // this test's own connections are cut as well
    }

    /// <summary>Until something more is done; there always is something to do.</summary>
    private async Task MovesAsync(string otherwise)
    {
        await ReplenishAsync();
        var (done, since) = (await DoneAsync(), Stopwatch.GetTimestamp());
        while (await DoneAsync() == done)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                Assert.Fail($"{otherwise}\n{await SceneAsync()}");
            await ReplenishAsync();
            await Task.Delay(20);
        }
    }

    private async Task ReplenishAsync()
    {
        while (await LeftAsync() < TooFewToDisturb)
            _batches.Add(await BatchFaults.StoreAsync(_test.Database, Request));
    }

    /// <summary>In the midst of a transaction: what it has locked stays locked for the others.</summary>
    private async Task FreezeWithALockAsync(WallTrackProcess victim)
    {
        for (var tries = 0; ; tries++)
        {
            await victim.SignalAsync("STOP");
            await Task.Delay(200); // what it had sent is done
            if (await IsAnyBatchLockedAsync() || tries == MostTries)
                return;
            await victim.SignalAsync("CONT");
            await ReplenishAsync();
            await Task.Delay(_random.Next(30));
        }
    }

    /// <summary>For longer than a transaction takes that nobody keeps from going on.</summary>
    private async Task<bool> IsAnyBatchLockedAsync()
    {
        await using var connection = new NpgsqlConnection(_test.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND now() - state_change > interval '150 ms' AND datname = current_database()";
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }

    /// <summary>Until others have the slices of a process that was killed.</summary>
    private async Task IsReplacedAsync(string name)
    {
        var since = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => await HeldByAsync(name) == 0, $"{name} was killed, and others leave its slices to it", LongestReplacement);
        var took = Stopwatch.GetElapsedTime(since);
        _longestReplacement = took > _longestReplacement ? took : _longestReplacement;
    }

    private async Task<int> HeldByAsync(string name)
    {
        await using var context = _test.Database.CreateContextFactory().CreateDbContext();
        return await context.Set<Slice>().CountAsync(slice => context.Set<NodeRecord>().Any(node => node.Id == slice.NodeId && node.Name == name));
    }

    /// <summary>One that is at work: while it starts, a database that is away is a reason not to.</summary>
    private async Task<(string Name, WallTrackProcess Process)> StartAsync()
    {
        var name = $"worker {++_started}";
        var process = WallTrackProcess.Start(["--role", "worker", "--node-name", name, "--database", _test.Database.ConnectionString], awaited: "works on the batches of");
        await process.SaidAsync();
        return (name, process);
    }

    private Task<StoredBatch> StateAsync(Guid batch) => StoredBatch.ReadAsync(_test.Database, batch);

    /// <summary>What the database and the processes say, for whoever has to find out why nothing moves.</summary>
    private async Task<string> SceneAsync()
    {
        var scene = new StringBuilder();
        await using var connection = new NpgsqlConnection(_test.Database.ConnectionString);
        await connection.OpenAsync();
        foreach (var sql in (string[])
        [
            "SELECT left(id::text, 13), status, intent, completed, claimed, total FROM batch_backtests WHERE status NOT IN ('completed')",
            "SELECT left(batch_id::text, 13), first_position, slot, left(node_id::text, 13), deaths FROM batch_slices WHERE state = 'claimed'",
            "SELECT left(id::text, 13), beat, now() - beat_at, busy, slices_done FROM nodes",
            "SELECT trigger_state, job_group, job_name, trigger_group FROM qrtz_triggers",
            "SELECT instance_name, state, job_group, job_name FROM qrtz_fired_triggers",
            "SELECT job_group, job_name FROM qrtz_job_details",
            "SELECT instance_name, last_checkin_time FROM qrtz_scheduler_state",
            "SELECT pid, state, wait_event_type, wait_event, now() - state_change, left(query, 100) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'",
        ])
        {
            scene.AppendLine(sql);
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                scene.AppendLine("  " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }

        foreach (var (name, process) in _processes)
        {
            await process.KillAsync();
            scene.AppendLine($"--- {name}").AppendLine(string.Join('\n', (await process.EndAsync()).Output.Split('\n').TakeLast(40)));
        }

        return scene.ToString();
    }

    private Task<int> DoneAsync() => FromBatchesAsync(batches => batches.SumAsync(batch => batch.Completed + batch.Failed));

    private Task<int> LeftAsync() => FromBatchesAsync(batches => batches.SumAsync(batch => batch.Total - batch.Completed - batch.Failed));

    private Task<bool> IsInWorkAsync() => FromBatchesAsync(batches => batches.AnyAsync(batch => batch.Claimed > 0));

    /// <summary>From their one row each: reading all results would take longer than finding them.</summary>
    private async Task<T> FromBatchesAsync<T>(Func<IQueryable<Batch>, Task<T>> read)
    {
        await using var context = _test.Database.CreateContextFactory().CreateDbContext();
        return await read(context.Set<Batch>());
    }
}
