using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WallTrack.Batches.Packing;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>How a scenario is simulated: by the worker, unless a test or a benchmark puts something of its own before it.</summary>
internal delegate Outcome Simulate(SimulatorWorker worker, Scenario scenario, CancellationToken stop);

/// <summary>
/// One worker slot of one batch: claims a slice, simulates it, stores its results, and again, until nothing is left or it
/// is told to stop. When it stops in mid-slice, what is done by then is stored and the rest is given back.
/// </summary>
internal sealed class Pump(
    SliceLedger ledger, BatchWorks works, Turns turns, Node node, Troubles troubles, Simulate simulate, Database database, TimeProvider time, ILogger<Pump> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestHandover = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(8);

    /// <param name="batch">Nothing happens when it is gone.</param>
    /// <param name="slot">One of its worker slots.</param>
    /// <param name="isEnough">Asked between slices: whether to step back for others.</param>
    /// <param name="stop">Ends it within a second.</param>
    /// <returns>Whether it stepped back, and there may be more to do.</returns>
    public async Task<bool> RunAsync(Guid batch, int slot, Func<bool> isEnough, CancellationToken stop)
    {
        try
        {
            await node.SeenAsync(stop);
            if (await PersistAsync(batch, () => OpenAsync(batch), stop) is not { } work)
                return false;
            try
            {
                var hands = new Hands();
                while (!stop.IsCancellationRequested && await WorkAsync(work, slot, hands, isEnough, stop))
                {
                    if (isEnough())
                        return true;
                }
            }
            finally
            {
                works.Close(batch);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // nobody above could do more; the keeper starts the pump again
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "Batch {Batch}: worker {Slot} broke off", batch, slot);
            troubles.Say(batch, $"A worker broke off ({fault.Message.TrimEnd('.')}); it starts again by itself.");
        }

        return false;
    }

    /// <summary>Null when there is no such batch.</summary>
    private async Task<BatchWork?> OpenAsync(Guid batch)
    {
        try
        {
            if (await works.OpenAsync(batch) is { } work)
                return work;
            works.Close(batch);
            return null;
        }
        catch
        {
            works.Close(batch);
            throw;
        }
    }

    /// <summary>
    /// Some slices; false when there is none to be had. Slices that run alone come last, and are claimed only when nothing
    /// else is in work: a claim that waited for that would share the death of the one before it.
    /// </summary>
    private async Task<bool> WorkAsync(BatchWork work, int slot, Hands hands, Func<bool> isEnough, CancellationToken stop) =>
        await WorkAsync(work, slot, hands, isEnough, alone: false, stop)
        || (await PersistAsync(work.Id, () => ledger.AnyRunsAloneAsync(work.Id, stop), stop) && await WorkAsync(work, slot, hands, isEnough, alone: true, stop));

    /// <summary>One slice, and while nobody waits for the turn also the next, claimed in the transaction that ends the one before.</summary>
    private async Task<bool> WorkAsync(BatchWork work, int slot, Hands hands, Func<bool> isEnough, bool alone, CancellationToken stop)
    {
        await node.SeenAsync(stop);
        using var turn = await turns.TakeAsync(work.Id, work.MaxWorkers, alone, stop);
        var claim = await PersistAsync(work.Id, () => ledger.TryClaimAsync(work.Id, slot, node.Id, alone, stop), stop);
        turn.Begin();
        if (claim is null)
            return false;
        while (claim is not null)
        {
            hands.Clear();
            using var held = node.Hold(claim);
            try
            {
                var members = await PersistAsync(work.Id, () => work.Members.ReadAsync(claim.FirstPosition, claim.Count, stop), stop);
                // A thread of its own: simulations would keep the pool's threads from serving pages.
                await Task.Factory.StartNew(() => SimulateAll(work, claim, members, hands, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped before the simulation began: the slice is given back as it is.
            }

            var goesOn = !alone && !stop.IsCancellationRequested && !turns.IsWanted && !isEnough() && node.IsSeen;
            if (!alone && !goesOn)
            {
                // Somebody else simulates while this is stored, and claims before that: it is quick, and a core stands still until it is done.
                turn.Dispose();
                await Task.WhenAny(turns.AllBegun, Task.Delay(LongestHandover, time, CancellationToken.None));
            }

            claim = await StoreAsync(work, claim, hands, goesOn ? slot : null);
        }

        return true;
    }

    private void SimulateAll(BatchWork work, Claim claim, IReadOnlyList<Member> members, Hands hands, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        for (var place = 0; place < members.Count && !stop.IsCancellationRequested; place++)
        {
            var started = Now;
            var (replay, metrics, error) = OutcomeOf(work, members[place], hands, stop);
            if (replay is null)
            {
                if (error is null)
                    break; // stopped in mid-scenario
                log.LogWarning("Batch {Batch}, scenario {Scenario} ({Name}) failed: {Error}", work.Id, members[place].ScenarioId, members[place].Name, error);
                hands.Results.Add(Failed(claim, members[place], place, started, error));
                continue;
            }

            int? kept = work.KeepsSeries ? hands.SeriesFor(work.Simulator!.Window).Add(replay) : null;
            hands.Results.Add(new(Result(claim, members[place], place, started) with
            {
                Status = ResultStatus.Completed,
                Metrics = metrics,
                Skipped = StoredMetrics.Json(replay.Skipped),
                SeriesId = kept is null ? null : claim.Token,
                SeriesPlace = kept,
            }, replay.Metrics));
        }

        hands.Series = hands.Writer is { } writer && hands.Results.Exists(found => found.Result.SeriesPlace is not null) ? writer.ToArray() : null;
        hands.WorkSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A replay, or an error, or neither when it was stopped.</summary>
    private (Replay? Replay, string? Metrics, string? Error) OutcomeOf(BatchWork work, Member member, Hands hands, CancellationToken stop)
    {
        if (member.Scenario is null)
            return (null, null, $"There is no scenario {member.ScenarioId}: it was deleted, or never stored.");
        if (work.Simulator is null)
            return (null, null, work.Refusal);
        try
        {
            var outcome = simulate(hands.WorkerOf(work.Simulator), member.Scenario, stop);
            return (outcome.Replay, outcome.Replay is { } replay ? StoredMetrics.Json(replay.Metrics) : null, outcome.Error); // JSON refuses infinities
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (null, null, null);
        }
#pragma warning disable CA1031 // whatever it was is this scenario's result; the others go on
        catch (Exception fault)
#pragma warning restore CA1031
        {
            hands.DropWorker(); // nobody knows in which state it was left
            log.LogError(fault, "Batch {Batch}, scenario {Scenario}: the simulation broke off", work.Id, member.ScenarioId);
            return (null, null, fault is OutOfMemoryException ? "There was not enough memory to simulate this scenario." : $"The simulation broke off: {fault.Message}");
        }
    }

    /// <summary>Stores what is in the hands, however long the database takes; when the process is to end, not for ever.</summary>
    /// <param name="next">The slot that the next claim is for; null: none is wanted.</param>
    private async Task<Claim?> StoreAsync(BatchWork work, Claim claim, Hands hands, int? next)
    {
        using var patience = new CancellationTokenSource();
        await using var ending = node.Ending.Register(() => patience.CancelAfter(PatienceAtTheEnd));
        try
        {
            var (stored, claimed) = await PersistAsync(work.Id, () => ledger.EndAsync(claim, hands.Results, hands.Series, hands.WorkSeconds, next is { } slot ? (slot, node.Id) : null), patience.Token);
            if (stored)
                node.CountSlice();
            else
                log.LogInformation("Batch {Batch}: the slice at {Position} was given to somebody else meanwhile; its results were not stored twice", work.Id, claim.FirstPosition);
            return claimed;
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            log.LogWarning("Batch {Batch}: {Count} results were not stored before the end; they will be computed again", work.Id, hands.Results.Count);
        }
        catch (Exception fault) when (!database.IsPassing(fault))
        {
            // The database refuses these very rows. As after a death: tried again, then alone, then failed.
            log.LogError(fault, "Batch {Batch}: the results of the slice at {Position} cannot be stored", work.Id, claim.FirstPosition);
            await PersistAsync(work.Id, () => ReapAsync(claim, $"Its results cannot be stored: {fault.Message}"), patience.Token);
        }

        return null;
    }

    private async Task<bool> ReapAsync(Claim claim, string why)
    {
        await ledger.ReapAsync(claim, isDeath: true, (lost, sentence) => FailedAsync(lost, $"{sentence} {why}"));
        return true;
    }

    /// <summary>The result of the first scenario of a claim that cannot be simulated.</summary>
    public async Task<FoundResult> FailedAsync(Claim claim, string error)
    {
        var member = (await new BatchMembers(database, claim.BatchId).ReadAsync(claim.FirstPosition, 1, CancellationToken.None))[0];
        return Failed(claim, member, 0, Now, error);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private FoundResult Failed(Claim claim, Member member, int place, DateTime started, string error) =>
        new(Result(claim, member, place, started) with { Error = StorableText.Of(error) }, null);

    private BacktestResult Result(Claim claim, Member member, int place, DateTime started)
    {
        var now = Now;
        return new()
        {
            Id = Guid.CreateVersion7(now), BatchId = claim.BatchId, Position = claim.FirstPosition + place,
            ScenarioId = member.ScenarioId, ScenarioName = member.Name, Parameters = member.Parameters,
            Status = ResultStatus.Failed, StartedAt = started, CompletedAt = now, CreatedAt = now,
        };
    }

    /// <summary>Does it until the database lets it.</summary>
    private async Task<T> PersistAsync<T>(Guid batch, Func<Task<T>> work, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = await work();
                troubles.Over(batch);
                return result;
            }
            catch (Exception failure) when (database.IsPassing(failure) && !stop.IsCancellationRequested)
            {
                log.LogWarning(failure, "Batch {Batch} waits for the database", batch);
                troubles.Say(batch, Troubles.OfDatabase(failure));
                await Task.Delay(pause, time, stop);
            }
        }
    }

    /// <summary>What a pump carries from slice to slice.</summary>
    private sealed class Hands
    {
        private SimulatorWorker? _worker;

        public List<FoundResult> Results { get; } = [];

        public SeriesWriter? Writer { get; private set; }

        public byte[]? Series { get; set; }

        public double WorkSeconds { get; set; }

        public SimulatorWorker WorkerOf(Simulator simulator) => _worker ??= simulator.CreateWorker();

        public void DropWorker() => _worker = null;

        public SeriesWriter SeriesFor(History.HistoryWindow window) => Writer ??= new(window);

        public void Clear()
        {
            Results.Clear();
            Writer?.Clear();
            (Series, WorkSeconds) = (null, 0);
        }
    }
}
