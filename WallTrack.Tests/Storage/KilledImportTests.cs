using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WallTrack.History;

namespace WallTrack.Tests.Storage;

/// <summary>An import in a process of its own, killed without warning at random moments, and run again until it ends.</summary>
public sealed class KilledImportTests(PostgreSqlServer server)
{
    private static readonly MadeUpHistoryOptions Options = new() { Signals = 200, Tokens = 200, Days = 20, BarHours = 48, Seed = 3 };

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_killed_import_leaves_whole_chunks_and_the_next_one_completes_them(Product product)
    {
        var kills = Environment.GetEnvironmentVariable("WALLTRACK_ALL_TESTS") == "1" ? 20 : 3;
        using var folder = new TemporaryFolder();
        var (path, count) = WriteBars(folder.Path);
        await using var test = await TestDatabase.CreateAsync(product, server);
        var random = new Random(5);
        var cutShort = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            using var import = Start(path, test.Database.ConnectionString);
            await Task.WhenAny(import.WaitForExitAsync(), Task.Delay(random.Next(700, 2_200)));
            cutShort += import.HasExited ? 0 : 1;
            import.Kill();
            await import.WaitForExitAsync();
            await CheckChunksAsync(test);
        }

        using var last = Start(path, test.Database.ConnectionString);
        await last.WaitForExitAsync();

        Assert.True(cutShort > 0, "every import ended before it could be killed, so this proves nothing");
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(count, await CheckChunksAsync(test));
        var record = (await test.Log.ListAsync())[0];
        Assert.Equal((count, count), (record.Rows, record.Accepted + record.Duplicates));
    }

    /// <summary>Each stored chunk can be read and holds as many bars as it says; returns how many there are in all.</summary>
    private static async Task<long> CheckChunksAsync(TestDatabase test)
    {
        await using var context = test.Database.CreateContextFactory().CreateDbContext();
        var bars = 0L;
        await foreach (var chunk in context.Set<BarChunk>().AsAsyncEnumerable())
        {
            var interval = TimeSpan.FromSeconds(chunk.IntervalSeconds);
            var decoded = BarCodec.Decode(chunk.Data, chunk.BarCount, chunk.Day, interval);
            Assert.Equal(chunk.ContentHash, BarCodec.Encode(decoded, chunk.Day, interval).Hash);
            bars += decoded.Length;
        }

        return bars;
    }

    private static Process Start(string bars, string connectionString) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Path.Combine(AppContext.BaseDirectory, "WallTrack.Dashboard.dll"), "import", "--bars", bars, "--database", connectionString },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static (string Path, long Bars) WriteBars(string folder)
    {
        var (path, count) = (Path.Combine(folder, "bars.csv"), 0L);
        using var writer = new StreamWriter(path);
        writer.WriteLine("token_address,open_time,interval_seconds,open,high,low,close,volume");
        foreach (var token in new MadeUpHistory(Options).Tokens())
        {
            foreach (var bar in token.Bars)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{token.TokenAddress},{Instant.Text(bar.OpenTime)},{token.Interval.TotalSeconds},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Volume}"));
            count += token.Bars.Length;
        }

        return (path, count);
    }
}
