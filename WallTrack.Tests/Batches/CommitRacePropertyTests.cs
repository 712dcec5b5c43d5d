using WallTrack.Batches;
using WallTrack.Notifications;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>
/// Many commits of one batch at the same moment. None of them succeeded in a scenario, so none writes to the batch's row
/// before it counts: only the lock keeps two from counting beside each other.
/// </summary>
public sealed class CommitRacePropertyTests(PostgreSqlServer server)
{
    private const int Slices = 16;
    private const int Rounds = 12;

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Commits_at_the_same_moment_are_all_counted_and_end_the_batch_once(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var ledger = new SliceLedger(test.Database, new Bell(), TimeProvider.System);
        for (var round = 0; round < Rounds; round++)
        {
            var batch = await StoreAsync(test);
            var claims = await Task.WhenAll(Enumerable.Range(0, Slices).Select(slot => Task.Run(() => ledger.TryClaimAsync(batch, slot, Guid.NewGuid(), alone: false, CancellationToken.None))));
            Assert.Equal(Slices, claims.Select(claim => claim!.FirstPosition).Distinct().Count());

            await Task.WhenAll(claims.Select(claim => Task.Run(() => ledger.EndAsync(claim!, [Failed(claim!)], null, 1))));

            var state = await StoredBatch.ReadAsync(test.Database, batch);
            Assert.Equal((BatchStatus.Failed, Slices, 0, 1), (state.Batch!.Status, state.Batch.Failed, state.Batch.Claimed, state.Notifications));
        }
    }

    private static async Task<Guid> StoreAsync(TestDatabase test)
    {
        var id = Guid.NewGuid();
        await test.Database.InTransactionAsync(async context =>
        {
            context.Add(new Batch
            {
                Id = id, Name = "a race", ScenarioIds = [], From = SmallSweep.History.Start, To = SmallSweep.History.End, MaxWorkers = Slices, SolUsd = null, HistoryFingerprint = "none",
                EngineVersion = "none", SignalCount = 0, TokenCount = 0, KeepsSeries = false, Total = Slices, CreatedAt = DateTime.UnixEpoch, CreatedBy = "a test",
            });
            context.AddRange(Enumerable.Range(0, Slices).Select(position => new Slice { BatchId = id, FirstPosition = position, Count = 1 }));
            return await context.SaveChangesAsync();
        });
        return id;
    }

    private static FoundResult Failed(Claim claim) => new(new()
    {
        Id = Guid.NewGuid(), BatchId = claim.BatchId, Position = claim.FirstPosition, ScenarioId = Guid.NewGuid(), ScenarioName = "a scenario", Status = ResultStatus.Failed,
        Error = "made to fail", StartedAt = DateTime.UnixEpoch, CompletedAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch,
    }, null);
}
