using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Tests.CommandLine;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>A batch in a process of its own, killed without warning at random moments of its work, and gone on with by the next one.</summary>
public sealed class KilledBatchTests(PostgreSqlServer server)
{
    private const int TooFewToKill = 20; // a slice that is killed again and again fails, as it should; the last ones would be
    private static readonly int Kills = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1" ? 100 : 4;
    private static readonly MadeUpHistoryOptions History = new() { Signals = 20_000, Tokens = 60, Days = 10, BarHours = 48, Seed = 21 };

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_killed_batch_ends_with_the_results_of_one_that_nobody_disturbed(Product product)
    {
        var request = SmallSweep.Request(300) with { From = History.Start, To = History.End };
        var expected = await BatchFaults.UndisturbedAsync(request, History);
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(History);
        var random = new Random(8);
        var (kills, hits, batches) = (0, 0, 0);
        while (kills < Kills)
        {
            var batch = await BatchFaults.StoreAsync(test.Database, request);
            batches++;
            while (kills < Kills && await LeftAsync(batch) > TooFewToKill)
            {
                using var process = Start(test);
                var left = await LeftAsync(batch);
                await Eventually.TrueAsync(async () => await LeftAsync(batch) < left, "the process does not go on with the batch");
                await Task.Delay(random.Next(100));
                await process.KillAsync();
                kills++;
                var state = await StoredBatch.ReadAsync(test.Database, batch);
                hits += state.Slices.Any(slice => slice.State == SliceState.Claimed) ? 1 : 0;
                Assert.Equal(state.Results.Select(result => result.Position), state.Slices.Where(slice => slice.State == SliceState.Done).SelectMany(slice => Enumerable.Range(slice.FirstPosition, slice.Count)));
                Assert.Equal((state.Results.Count, 0), (state.Batch!.Completed, state.Batch.Failed));
            }

            using (Start(test))
                await Eventually.TrueAsync(async () => await LeftAsync(batch) == 0, "the batch does not come to its end");

            var end = await StoredBatch.ReadAsync(test.Database, batch);
            Assert.Equal((BatchStatus.Completed, 1), (end.Batch!.Status, end.Notifications));
            Assert.Equal(expected, await BatchFaults.ResultsAsync(new(test.Database, test.Library, new(test.Database, test.Library, new())), batch));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{hits} of {kills} kills in {batches} batches hit a claimed slice");
        Assert.True(hits * 2 > kills, $"only {hits} of {kills} kills came in mid-work, so this proves little");

        async Task<int> LeftAsync(Guid batch)
        {
            var row = (await StoredBatch.ReadAsync(test.Database, batch)).Batch!;
            return row.Total - row.Completed - row.Failed;
        }
    }

    private static WallTrackProcess Start(TestDatabase test) => WallTrackProcess.Start(["--urls", "http://127.0.0.1:0", "--database", test.Database.ConnectionString]);
}
