using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.Batches;

/// <summary>
/// The real ledger and runner with no pump and no keeper: the test itself is all the processes. It knows which claims
/// were made, and asks the database alone what has become of them.
/// </summary>
internal sealed class BatchPropertyWorld
{
    private static readonly Lazy<Metrics> SomeMetrics = new(() => new Simulator(SmallHistory.Window).CreateWorker().Run(Presets.Balanced).Replay!.Metrics);
    private readonly Database _database;
    private readonly BatchPropertyTally _tally;
    private readonly System.Random _random;
    private readonly SliceLedger _ledger;
    private readonly BatchRunner _runner;
    private readonly BatchPropertyChecks _checks;
    private readonly JumpingTime _time;
    private readonly Guid[] _nodes = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    private readonly List<Guid> _batches = [];
    private readonly List<Claim> _held = [];
    private readonly List<(Claim Claim, IReadOnlyList<FoundResult> Results, byte[]? Series)> _ended = [];
    private readonly List<Claim> _lost = [];

    private BatchPropertyWorld(Database database, IServiceProvider services, BatchLife life, BatchPropertyTally tally)
    {
        (_database, _tally, _random) = (database, tally, new(life.Seed));
        _ledger = services.GetRequiredService<SliceLedger>();
        _runner = services.GetRequiredService<BatchRunner>();
        _time = (JumpingTime)services.GetRequiredService<TimeProvider>();
        _checks = new(database, _runner, tally);
    }

    /// <summary>One life from its start to the completion of every batch that was not deleted; throws where something does not fit.</summary>
    public static void Live(Database database, BatchLife life, BatchPropertyTally tally) => Task.Run(async () =>
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton<TimeProvider>(new JumpingTime());
        collection.AddWallTrack(database);
        await using var services = collection.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await new BatchPropertyWorld(database, scope.ServiceProvider, life, tally).LiveAsync(life);
    }).GetAwaiter().GetResult();

    private async Task LiveAsync(BatchLife life)
    {
        for (var batch = 0; batch < 2; batch++)
            await StartAsync();
        foreach (var step in life.Steps)
        {
            try
            {
                await DoAsync(step);
                await _checks.CheckAsync(_batches);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"After {step}: {fault.Message}", fault);
            }
        }

        foreach (var batch in _batches.ToList())
            await CompleteAsync(batch);
    }

    private async Task DoAsync(BatchStep step)
    {
        var batch = _batches[step.A % _batches.Count];
        switch (step.Act)
        {
            case BatchAct.Claim:
                await ClaimAsync(batch, step.B);
                break;
            case BatchAct.ClaimEverywhere:
                await ClaimEverywhereAsync(batch, step.B);
                break;
            case BatchAct.End when Take(_held, step.A) is { } claim:
                await EndAsync(claim, claim.Count, step.B);
                break;
            case BatchAct.EndInPart when Take(_held, step.A) is { } claim:
                await EndAsync(claim, 1 + (step.B % claim.Count), step.B);
                break;
            case BatchAct.EndEmpty when Take(_held, step.A) is { } claim:
                await EndAsync(claim, 0, step.B);
                break;
            case BatchAct.EndTwice when _ended.Count > 0:
                var (again, results, series) = _ended[step.A % _ended.Count];
                await UnchangedAsync(again.BatchId, () => _ledger.EndAsync(again, results, series, 1));
                _tally.Count("ended twice");
                break;
            case BatchAct.EndLate when _lost.Count > 0:
                var late = _lost[step.A % _lost.Count];
                var (lateResults, lateSeries) = Results(late, late.Count, step.B);
                await UnchangedAsync(late.BatchId, async () => Assert.False(await _ledger.EndAsync(late, lateResults, lateSeries, 1), "a lost claim stored results"));
                _tally.Count("refused a late end");
                break;
            case BatchAct.Die when Take(_held, step.A) is { } claim:
                await DieAsync(claim);
                break;
            case BatchAct.DieAgainAndAgain:
                await DieAgainAndAgainAsync(batch, 2 + (step.B % 5));
                break;
            case BatchAct.DieWhileEnding when Take(_held, step.A) is { } claim:
                await DieWhileEndingAsync(claim, step.B);
                break;
            case BatchAct.Cancel:
                Tally("cancelled", await _runner.CancelAsync(batch));
                break;
            case BatchAct.Resume:
                Tally("resumed", await _runner.ResumeAsync(batch));
                break;
            case BatchAct.Retry:
                Tally("retried", await _runner.RetryFailedAsync(batch) > 0);
                break;
            case BatchAct.Delete:
                await DeleteAsync(batch);
                break;
            case BatchAct.Rename:
                Assert.True(await _runner.RenameAsync(batch, $"renamed {step.B}"), "a batch could not be renamed");
                break;
            case BatchAct.JumpClock:
                _time.Jump(TimeSpan.FromMinutes(step.B - 5_000));
                break;
            case BatchAct.AtOnce:
                await AtOnceAsync(batch, step);
                break;
        }
    }

    private async Task ClaimAsync(Guid batch, int choice)
    {
        var (before, slot) = (await _checks.StateAsync(batch), choice % 3);
        var node = _nodes[choice % _nodes.Length];
        var claim = await TryClaimAsync(batch, slot, node);
        var claimed = before.Slices.Where(slice => slice.State == SliceState.Claimed).ToList();
        var most = before.Batch!.MaxWorkers + (claimed.All(slice => slice.NodeId == node) ? SliceLedger.SparePumps : 0);
        var isFree = claimed.Count < most && claimed.All(slice => slice.Slot != slot);
        var isWork = before.Batch!.Intent == BatchIntent.Run && before.Slices.Any(slice => slice.State == SliceState.Pending);
        Assert.True((claim is not null) == (isFree && isWork), $"a claim was {(claim is null ? "refused" : "made")} though the slot is {(isFree ? "free" : "taken")} and there is {(isWork ? "" : "no ")}work");
        if (!isFree)
            _tally.Count("refused a taken slot");
        Hold(claim);
    }

    /// <summary>As a pump does: what runs alone comes last.</summary>
    private async Task<Claim?> TryClaimAsync(Guid batch, int slot, Guid node) =>
        await _ledger.TryClaimAsync(batch, slot, node, alone: false, CancellationToken.None) ?? await _ledger.TryClaimAsync(batch, slot, node, alone: true, CancellationToken.None);

    /// <summary>All processes want the same slot at the same moment.</summary>
    private async Task ClaimEverywhereAsync(Guid batch, int choice)
    {
        var claims = await Task.WhenAll(_nodes.Select(node => Task.Run(() => TryClaimAsync(batch, choice % 3, node))));
        Assert.True(claims.Count(claim => claim is not null) <= 1, "one slot was given to two processes");
        Array.ForEach(claims, Hold);
    }

    private async Task EndAsync(Claim claim, int count, int choice)
    {
        var (results, series) = Results(claim, count, choice);
        var isNextWanted = choice % 3 == 1;
        var (stored, next) = await _ledger.EndAsync(claim, results, series, 0.5 + (choice % 7), isNextWanted ? (choice % 4, _nodes[choice % _nodes.Length]) : null);
        Assert.True(stored, "a claim that nobody took was refused");
        if (next is not null)
        {
            Assert.True(isNextWanted && next.Deaths < Slice.DeathsUntilAlone, "a next slice was claimed that nobody asked for, or that runs alone");
            _tally.Count("ended and claimed the next");
            Hold(next);
        }

        _tally.Count(count == claim.Count ? "ended whole" : count > 0 ? "ended in part" : "given back");
        if (count == 0)
        {
            _lost.Add(claim);
            return;
        }

        if (count < claim.Count) // what is left of a slice has killed as often as the whole
            Assert.Equal(claim.Deaths, (await _checks.StateAsync(claim.BatchId)).Slices.Single(slice => slice.FirstPosition == claim.FirstPosition + count).Deaths);
        _ended.Add((claim, results, series));
        if (choice % 3 == 0)
            Assert.True(await _ledger.EndAsync(claim, results, series, 0.5), "the second try of a commit whose answer got lost was refused");
    }

    private async Task DieAsync(Claim claim)
    {
        await _ledger.ReapAsync(claim, isDeath: true, FailedAsync);
        _tally.Count("died");
        if (claim.Deaths + 1 == Slice.DeathsUntilAlone && claim.Count > 1)
            _tally.Count("split after three deaths");
        if (claim.Deaths + 1 == Slice.DeathsUntilFailed)
            _tally.Count("failed after six deaths");
        Lose(claim);
    }

    /// <summary>The slice of one claim, until something else comes first.</summary>
    private async Task DieAgainAndAgainAsync(Guid batch, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var state = await _checks.StateAsync(batch);
            var worst = state.Slices.Where(slice => slice.State == SliceState.Claimed).OrderByDescending(slice => slice.Deaths).FirstOrDefault();
            if (worst is null)
            {
                Hold(await TryClaimAsync(batch, 0, _nodes[0]));
                continue;
            }

            var claim = _held.Single(claim => claim.Token == worst.Token);
            _held.Remove(claim);
            await DieAsync(claim);
            await _checks.CheckAsync(_batches);
            // Slices that killed come last, so the others must be out of the way before it is its turn again.
            for (var slot = 0; slot < 3; slot++)
            {
                while (await TryClaimAsync(batch, slot, _nodes[1]) is { } next)
                {
                    Hold(next);
                    if (next.FirstPosition == claim.FirstPosition)
                        break;
                    _held.Remove(next);
                    await EndAsync(next, next.Count, 2);
                }
            }
        }
    }

    /// <summary>The process is taken for dead while its last commit is on the way.</summary>
    private async Task DieWhileEndingAsync(Claim claim, int choice)
    {
        var (results, series) = Results(claim, 1 + (choice % claim.Count), choice);
        var death = choice % 2 == 0 ? _ledger.ReapAsync(claim, isDeath: true, FailedAsync) : null; // who begins decides little on a server, much in a file
        var ending = _ledger.EndAsync(claim, results, series, 1);
        await Task.WhenAll(ending, death ?? _ledger.ReapAsync(claim, isDeath: true, FailedAsync));
        if (await ending && claim.Deaths + 1 < Slice.DeathsUntilFailed)
        {
            _tally.Count("end won against death");
            _ended.Add((claim, results, series));
        }
        else
        {
            _tally.Count("death won against end");
            Lose(claim);
        }
    }

    private async Task DeleteAsync(Guid batch)
    {
        var before = await _checks.StateAsync(batch);
        var deleted = await _runner.DeleteAsync(batch);
        Assert.Equal(before.Batch!.Status is not (BatchStatus.Pending or BatchStatus.Running), deleted);
        if (deleted)
            await ForgetAsync(batch);
    }

    private async Task ForgetAsync(Guid batch)
    {
        _tally.Count("deleted");
        await _checks.CheckGoneAsync(batch);
        _batches.Remove(batch);
        _held.RemoveAll(claim => claim.BatchId == batch);
        _ended.RemoveAll(ended => ended.Claim.BatchId == batch);
        _lost.RemoveAll(claim => claim.BatchId == batch);
        await StartAsync();
    }

    /// <summary>Ends of several claims, deaths of others, claims and one command, all at the same moment.</summary>
    private async Task AtOnceAsync(Guid batch, BatchStep step)
    {
        _tally.Count("at once");
        var acts = new List<Func<Task>>();
        var claimed = new System.Collections.Concurrent.ConcurrentQueue<Claim>();
        var deleted = false;
        var chance = new System.Random(step.B);
        foreach (var claim in _held.ToList())
        {
            var choice = chance.Next(10_000);
            if (choice % 4 == 0)
                continue;
            _held.Remove(claim);
            if (choice % 4 == 1)
            {
                Lose(claim);
                acts.Add(() => _ledger.ReapAsync(claim, isDeath: true, FailedAsync));
                continue;
            }

            var (results, series) = Results(claim, 1 + (choice % claim.Count), choice);
            _ended.Add((claim, results, series));
            acts.Add(async () => Assert.True(await _ledger.EndAsync(claim, results, series, 1), "a claim that nobody took was refused"));
        }

        foreach (var node in _nodes)
        {
            var slot = chance.Next(3);
            acts.Add(async () =>
            {
                if (await TryClaimAsync(batch, slot, node) is { } claim)
                    claimed.Enqueue(claim);
            });
        }

        acts.Add((step.B % 7) switch
        {
            0 => () => _runner.CancelAsync(batch),
            1 => () => _runner.ResumeAsync(batch),
            2 => async () => _checks.Retried(batch, await _runner.RetryFailedAsync(batch)),
            3 => async () => deleted = await _runner.DeleteAsync(batch),
            4 => () => _runner.RenameAsync(batch, "renamed at once"),
            _ => () => _runner.GetAsync(batch),
        });
        var shuffled = acts.OrderBy(_ => chance.Next()).ToList();
        await Task.WhenAll(shuffled.Select(act => Task.Run(act)));
        foreach (var claim in claimed)
            Hold(claim);
        if (deleted)
            await ForgetAsync(batch);
    }

    private async Task CompleteAsync(Guid batch)
    {
        foreach (var claim in _held.Where(claim => claim.BatchId == batch))
            await DieAsync(claim);
        _held.RemoveAll(claim => claim.BatchId == batch);
        if ((await _checks.StateAsync(batch)).Batch!.Intent == BatchIntent.Stop)
            await _runner.ResumeAsync(batch);
        var fails = _random.Next(3) == 0;
        for (var round = 0; await TryClaimAsync(batch, 0, _nodes[0]) is { } claim; round++)
        {
            Assert.True(round < 200, "the batch never ends");
            await EndAsync(claim, 1 + _random.Next(claim.Count), fails ? -1 : 0);
            await _checks.CheckAsync([batch]);
        }

        var status = (await _checks.StateAsync(batch)).Batch!.Status;
        Assert.True(status is BatchStatus.Completed or BatchStatus.Failed, $"nothing is left to do, but the batch is {status}");
        _tally.Count(status == BatchStatus.Completed ? "completed" : "failed");
    }

    private async Task StartAsync()
    {
        var (id, total) = (Guid.NewGuid(), _random.Next(1, 26));
        await _database.InTransactionAsync(async context =>
        {
            context.Add(new Batch
            {
                Id = id, Name = $"batch of {total}", ScenarioIds = [], From = SmallSweep.History.Start, To = SmallSweep.History.End, MaxWorkers = 3, SolUsd = null,
                HistoryFingerprint = "none", EngineVersion = "none", SignalCount = 0, TokenCount = 0, KeepsSeries = true, Total = total,
                CreatedAt = _time.GetUtcNow().UtcDateTime, CreatedBy = "a test",
            });
            for (var first = 0; first < total;)
            {
                var slice = new Slice { BatchId = id, FirstPosition = first, Count = Math.Min(_random.Next(1, 7), total - first) };
                context.Add(slice);
                first += slice.Count;
            }

            return await context.SaveChangesAsync();
        });
        _batches.Add(id);
        _checks.Started(id);
    }

    private async Task UnchangedAsync(Guid batch, Func<Task> act)
    {
        var before = await _checks.TextAsync(batch);
        await act();
        Assert.Equal(before, await _checks.TextAsync(batch));
    }

    private (IReadOnlyList<FoundResult> Results, byte[]? Series) Results(Claim claim, int count, int choice)
    {
        var results = Enumerable.Range(0, count).Select(place => Found(claim, place, isFailed: choice < 0 || (choice / 7 + place) % 4 == 1)).ToList();
        return (results, results.Exists(found => found.Metrics is not null) ? [1, 2, 3] : null);
    }

    private Task<FoundResult> FailedAsync(Claim claim, string error)
    {
        var found = Found(claim, 0, isFailed: true);
        return Task.FromResult(found with { Result = found.Result with { Error = error } });
    }

    private FoundResult Found(Claim claim, int place, bool isFailed)
    {
        var (position, now) = (claim.FirstPosition + place, _time.GetUtcNow().UtcDateTime);
        var metrics = isFailed ? null : SomeMetrics.Value with { TotalPnlSol = (position * 7919 % 31) - 10.5 };
        return new(new()
        {
            Id = Guid.NewGuid(), BatchId = claim.BatchId, Position = position, ScenarioId = Guid.NewGuid(), ScenarioName = $"scenario {position}",
            Status = isFailed ? ResultStatus.Failed : ResultStatus.Completed, Metrics = metrics is null ? null : StoredMetrics.Json(metrics), Skipped = isFailed ? null : "{}",
            Parameters = "{}", Error = isFailed ? "made to fail" : null, StartedAt = now, CompletedAt = now, CreatedAt = now,
            SeriesId = isFailed ? null : claim.Token, SeriesPlace = isFailed ? null : place,
        }, metrics);
    }

    private void Hold(Claim? claim)
    {
        if (claim is null)
            return;
        Assert.DoesNotContain(_held, held => held.BatchId == claim.BatchId && held.FirstPosition == claim.FirstPosition);
        _held.Add(claim);
        _tally.Count("claimed");
    }

    /// <summary>After six deaths the reaper stores a result under the very token, which a late end takes for its own: it is not refused, and stores nothing.</summary>
    private void Lose(Claim claim)
    {
        if (claim.Deaths + 1 < Slice.DeathsUntilFailed)
            _lost.Add(claim);
    }

    private void Tally(string met, bool isMet)
    {
        if (isMet)
            _tally.Count(met);
    }

    private static Claim? Take(List<Claim> claims, int choice)
    {
        if (claims.Count == 0)
            return null;
        var claim = claims[choice % claims.Count];
        claims.Remove(claim);
        return claim;
    }

    /// <summary>A clock that is set to another time now and then.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private TimeSpan _by;

        public void Jump(TimeSpan by) => _by += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _by;
    }
}
