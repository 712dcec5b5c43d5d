using System.Diagnostics;
using Microsoft.Data.Sqlite;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Storage;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>The database goes away in the middle of a batch, and comes back.</summary>
public sealed class StorageFaultTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_batch_waits_for_a_server_that_was_stopped_and_goes_on(string mode)
    {
        await using var server = new PostgreSqlServer();
        await using var test = await TestDatabase.CreateAsync(Product.PostgreSql, server);
        await test.Importer.ImportMadeUpAsync(SmallSweep.History);
        await using var host = await BatchHost.StartAsync(test.Database, BatchFaults.Slowly(Pause));
        var request = SmallSweep.Request(300);
        var batch = await host.Runner.StartAsync(request);
        await Eventually.TrueAsync(async () => (await host.Runner.GetAsync(batch))!.Done > 30, "nothing is done");

        var trouble = TroubleAsync(host, batch); // watched from before: a page that is open
        await server.StopAsync(mode);
        await trouble;
        await server.StartAgainAsync();

        await CheckEndAsync(host, batch, request, SmallSweep.History);
    }

    [Fact]
    public async Task A_batch_waits_for_room_on_a_full_disk_and_goes_on()
    {
        await using var disk = await SmallDisk.MountAsync();
        var database = Database.Of($"Data Source={Path.Combine(disk.Folder, "walltrack.db")}");
        await database.SetUpAsync();
        await new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System).ImportMadeUpAsync(SmallSweep.History);
        await using (var host = await BatchHost.StartAsync(database, BatchFaults.Slowly(Pause)))
        {
            var request = SmallSweep.Request(300);
            var batch = await host.Runner.StartAsync(request);
            await Eventually.TrueAsync(async () => (await host.Runner.GetAsync(batch))!.Done > 30, "nothing is done");

            disk.Fill();
            await TroubleAsync(host, batch);
            var before = (await StoredBatch.ReadAsync(database, batch)).Results.Count;
            Assert.InRange(before, 31, 299);
            disk.MakeRoom();

            await CheckEndAsync(host, batch, request, SmallSweep.History);
        }

        SqliteConnection.ClearAllPools();
    }

    private static async Task TroubleAsync(BatchHost host, Guid batch)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var snapshot in host.Runner.WatchAsync(batch, patience.Token))
        {
            Assert.False(snapshot.IsOver, "the batch ended although its database was away");
            if (snapshot.Trouble is not { } trouble)
                continue;
            Assert.StartsWith("The database does not take anything at the moment (", trouble, StringComparison.Ordinal);
            return;
        }
    }

    private static async Task CheckEndAsync(BatchHost host, Guid batch, BatchRequest request, MadeUpHistoryOptions history)
    {
        var end = await host.EndOfAsync(batch);
        Assert.Equal((BatchStatus.Completed, 300, 0), (end.Status, end.Completed, end.Failed));
        await Eventually.TrueAsync(async () => (await host.Runner.GetAsync(batch))!.Trouble is null, "the trouble does not go away");
        Assert.Equal(await BatchFaults.UndisturbedAsync(request, history), await BatchFaults.ResultsAsync(host.Results, batch));
    }

    /// <summary>A file system in memory, of a few megabytes; only root may mount one.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("walltrack-small-");

        public string Folder => _folder.FullName;

        public static async Task<SmallDisk> MountAsync()
        {
            var disk = new SmallDisk();
            if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.Folder) == 0)
                return disk;
            disk._folder.Delete();
            Assert.Skip("A file system that can be filled cannot be mounted here: that takes root.");
            throw new UnreachableException();
        }

        public void Fill()
        {
            using var filler = new FileStream(Path.Combine(Folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
            try
            {
                for (var block = new byte[4_096]; ;)
                    filler.Write(block);
            }
            catch (IOException)
            {
                // It is full, as wanted.
            }
        }

        public void MakeRoom() => File.Delete(Path.Combine(Folder, "filler"));

        public async ValueTask DisposeAsync()
        {
            SqliteConnection.ClearAllPools();
            await RunAsync("umount", "-l", Folder);
            _folder.Delete(recursive: true);
        }

        private static async Task<int> RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
