using Microsoft.EntityFrameworkCore;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

public sealed class BatchWorksTests(PostgreSqlServer server)
{
    [Fact]
    public async Task While_a_history_is_read_the_node_says_why_it_does_nothing()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        var batch = await BatchFaults.StoreAsync(test.Database, SmallSweep.Request(3));
        using var mayRead = new ManualResetEventSlim();
        var works = new BatchWorks(test.Database, new HistoryLibrary(new HeldContexts(test.Database, mayRead)), new());
        var meter = new NodeLoadMeter(new Turns(2), works, new(), TimeProvider.System);
        Assert.Null(meter.Read(null).Note);

        var opening = works.OpenAsync(batch);

        Assert.Equal("Reads the history of a batch, and takes part in it after that.", meter.Read(null).Note);
        Assert.Equal("Another engine's.", meter.Read("Another engine's.").Note);
        mayRead.Set();
        Assert.NotNull((await opening)!.Simulator);
        Assert.Null(meter.Read(null).Note);
    }

    private sealed class HeldContexts(Database database, ManualResetEventSlim mayRead) : IDbContextFactory<WallTrackDbContext>
    {
        public WallTrackDbContext CreateDbContext()
        {
            mayRead.Wait();
            return database.CreateContextFactory().CreateDbContext();
        }
    }
}
