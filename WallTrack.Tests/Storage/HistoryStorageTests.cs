using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.Storage;

/// <summary>The stored history keeps its promises on both products.</summary>
public sealed class HistoryStorageTests(PostgreSqlServer server)
{
    private const string Wallet = "Wa11et1111111111111111111111111111111111111";
    private static readonly MadeUpHistoryOptions Small = new() { Signals = 400, Tokens = 12, Days = 5, BarHours = 12, Seed = 7 };

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Setting_up_twice_and_at_once_does_no_harm(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Database.Of(test.Database.ConnectionString).SetUpAsync()));

        await using var context = test.Database.CreateContextFactory().CreateDbContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.False(context.Database.HasPendingModelChanges(), "the model has changed since the last migration: add one to both sets");
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task The_stored_history_gives_the_same_bits_as_the_files(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var made = new MadeUpHistory(Small).Tokens().ToList();
        var files = new HistoryWindow(Small.Start, Small.End, made.SelectMany(token => token.Signals),
            made.Select(token => BarSeries.From(token.TokenAddress, token.Interval, token.Bars)), SolPrice.FromBars(BarSeries.From(made[^1].TokenAddress, made[^1].Interval, made[^1].Bars)));

        await test.Importer.ImportMadeUpAsync(Small);
        var stored = await test.Library.OpenAsync(Small.Start, Small.End);

        Assert.Equal(files.Fingerprint, stored.Fingerprint);
        foreach (var preset in Presets.All)
            Assert.Null(Bits.Difference(new Simulator(files).CreateWorker().Run(preset), new Simulator(stored).CreateWorker().Run(preset)));
    }

    [Fact]
    public async Task The_same_seed_stores_the_same_bytes_on_both_products()
    {
        var chunks = new List<string>();
        foreach (var product in new[] { Product.Sqlite, Product.PostgreSql })
        {
            await using var test = await TestDatabase.CreateAsync(product, server);
            await test.Importer.ImportMadeUpAsync(Small);
            await using var context = test.Database.CreateContextFactory().CreateDbContext();
            var stored = await context.Set<BarChunk>().ToListAsync();
            chunks.Add(string.Join('\n', stored.Select(chunk => $"{chunk.TokenAddress} {chunk.IntervalSeconds} {chunk.Day} {chunk.BarCount} {Convert.ToHexString(chunk.ContentHash)} {Convert.ToHexString(chunk.Data)}").Order(StringComparer.Ordinal)));
        }

        Assert.NotEmpty(chunks[0]);
        Assert.Equal(chunks[0], chunks[1]);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Importing_again_changes_nothing(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var first = await test.Importer.ImportMadeUpAsync(Small);
        var before = await test.Library.OpenAsync(Small.Start, Small.End);
        var again = await test.Importer.ImportMadeUpAsync(Small);
        var after = await test.Library.OpenAsync(Small.Start, Small.End);

        Assert.Equal((first.Rows, 0, 0), (first.Accepted, first.Duplicates, first.Rejected));
        Assert.Equal((0, again.Rows, 0), (again.Accepted, again.Duplicates, again.Replaced));
        Assert.Equal(before.Fingerprint, after.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_bar_that_arrives_with_other_values_replaces_the_old_one(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await ImportBarsAsync(test, Bar(0, 1), Bar(1, 2), Bar(2, 3));
        var record = await ImportBarsAsync(test, Bar(1, 9), Bar(2, 3), Bar(5, 4), Bar(3, 5));
        await ImportSignalsAsync(test, Signal(0));
        var window = await test.Library.OpenAsync(Tape.Start, Tape.At(60), solUsd: 100);

        Assert.Equal((2, 1, 1), (record.Accepted, record.Replaced, record.Duplicates));
        Assert.Equal([1, 9, 3, 5, 4], window.Bars(0)!.Closes.ToArray());
        Assert.Equal(new Dictionary<string, long> { [ImportWarning.OutOfOrder] = 1, [ImportWarning.Gaps] = 1 }, record.Warnings);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Rejected_rows_are_kept_with_line_reason_and_text(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var record = await ImportSignalsAsync(test, Signal(0), "not a signal", Signal(1).Replace("0.8", "1.8", StringComparison.Ordinal), Signal(0));
        using var rejects = new MemoryStream();
        await test.Log.WriteRejectsAsync(record.Id, rejects);

        Assert.Equal((4, 1, 1, 2), (record.Rows, record.Accepted, record.Duplicates, record.Rejected));
        var lines = Encoding.UTF8.GetString(rejects.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal("line,reason,text", lines[0]);
        Assert.Equal($"3,{RejectReason.Id},\"not a signal\"", lines[1]);
        Assert.StartsWith($"4,{RejectReason.Score},", lines[2], StringComparison.Ordinal);
        Assert.Equal(record.Id, Assert.Single(await test.Log.ListAsync()).Id);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_id_with_other_content_is_rejected_and_the_stored_signal_stays(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var id = Guid.NewGuid();
        await ImportSignalsAsync(test, Signal(0, id));
        var record = await ImportSignalsAsync(test, Signal(1, id), Signal(0, id));

        Assert.Equal((0, 1, 1), (record.Accepted, record.Duplicates, record.Rejected));
        Assert.Equal(RejectReason.IdTaken, Assert.Single(record.RejectedByReason).Key);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_truncated_gzip_file_is_refused_and_nothing_of_it_is_stored(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(minute => Bar(minute, 1 + (minute % 7))).Prepend(BarHeader));
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(lines));

        var refusal = await Assert.ThrowsAsync<UnreadableFileException>(() => WithFileAsync(whole.ToArray()[..^100], path => test.Importer.ImportBarsAsync(path)));

        Assert.Contains("truncated", refusal.Message, StringComparison.Ordinal);
        await using var context = test.Database.CreateContextFactory().CreateDbContext();
        Assert.Equal(0, await context.Set<BarChunk>().CountAsync());
        Assert.Empty(await test.Log.ListAsync());
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_cancelled_import_leaves_whole_chunks_that_the_next_one_completes(Product product)
    {
        var options = Small with { Tokens = 60, Signals = 30_000 };
        await using var undisturbed = await TestDatabase.CreateAsync(product, server);
        await undisturbed.Importer.ImportMadeUpAsync(options);
        var expected = (await undisturbed.Library.OpenAsync(options.Start, options.End)).Fingerprint;

        await using var test = await TestDatabase.CreateAsync(product, server);
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(report =>
        {
            if (report.Fraction > 0.8)
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Importer.ImportMadeUpAsync(options, progress, cancellation.Token));
        Assert.Empty(await test.Log.ListAsync());
        await using (var context = test.Database.CreateContextFactory().CreateDbContext())
            Assert.True(await context.Set<Signal>().AnyAsync(), "the cancel came before anything was stored, so it proves nothing");

        var record = await test.Importer.ImportMadeUpAsync(options);

        Assert.True(record.Duplicates > 0);
        Assert.Equal(record.Rows, record.Accepted + record.Duplicates);
        Assert.Equal(expected, (await test.Library.OpenAsync(options.Start, options.End)).Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task One_import_runs_at_a_time(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await using (await test.Database.TryLockAsync("import"))
        {
            var refusal = await Assert.ThrowsAsync<UnreadableFileException>(() => test.Importer.ImportMadeUpAsync(Small));
            Assert.StartsWith("Another import is running", refusal.Message, StringComparison.Ordinal);
        }

        Assert.True((await test.Importer.ImportMadeUpAsync(Small)).Accepted > 0);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task The_library_loads_a_window_once_and_again_after_an_import(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await ImportBarsAsync(test, Bar(0, 1), Bar(1, 2));
        await ImportSignalsAsync(test, Signal(0));
        var library = test.Library;

        var windows = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => library.OpenAsync(Tape.Start, Tape.At(60), 100)));
        Assert.All(windows, window => Assert.Same(windows[0], window));

        await ImportBarsAsync(test, Bar(2, 3));
        Assert.Equal(3, (await library.OpenAsync(Tape.Start, Tape.At(60), 100)).Bars(0)!.Count);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task The_library_lets_go_of_what_exceeds_its_capacity(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        await test.Importer.ImportMadeUpAsync(Small);
        var library = new HistoryLibrary(test.Database.CreateContextFactory()) { Capacity = 1 };

        var first = await library.OpenAsync(Small.Start, Small.End);
        Assert.Same(first, await library.OpenAsync(Small.Start, Small.End)); // the latest stays, however large
        await library.OpenAsync(Small.Start, Small.End.AddDays(-1));
        await Eventually.TrueAsync(() => library.HeldCount == 1, "it is still held"); // without opening the first again, which would make it the latest
        Assert.NotSame(first, await library.OpenAsync(Small.Start, Small.End));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task An_empty_history_and_a_window_beside_it_are_refused_in_words(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        Assert.StartsWith("The history is empty", (await Assert.ThrowsAsync<NoHistoryException>(() => test.Library.OpenAsync(Tape.Start, Tape.At(60)))).Message, StringComparison.Ordinal);
        await ImportSignalsAsync(test, Signal(0));
        Assert.StartsWith("No signal lies in the window", (await Assert.ThrowsAsync<NoHistoryException>(() => test.Library.OpenAsync(Tape.At(60), Tape.At(120)))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no SOL price", (await Assert.ThrowsAsync<NoHistoryException>(() => test.Library.OpenAsync(Tape.Start, Tape.At(60)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Real_files_import_with_their_true_counts(Product product)
    {
        var folder = RealData.Folder("real");
        await using var test = await TestDatabase.CreateAsync(product, server);
        var signals = await test.Importer.ImportSignalsAsync(Path.Combine(folder, "signals.csv"));
        var bars = await test.Importer.ImportBarsAsync(Path.Combine(folder, "bars.csv.gz"));

        Assert.Equal((2_020, 1_843, 177), (signals.Rows, signals.Accepted, signals.Rejected));
        Assert.Equal((22_815, 19_622, 3_193), (bars.Rows, bars.Accepted, bars.Rejected));
        Assert.Equal((0, 1_843), ((await test.Importer.ImportSignalsAsync(Path.Combine(folder, "signals.csv"))) is var again ? (again.Accepted, again.Duplicates) : default));
        Assert.Equal((0, 19_622), ((await test.Importer.ImportBarsAsync(Path.Combine(folder, "bars.csv.gz"))) is var same ? (same.Accepted, same.Duplicates) : default));
    }

    private const string BarHeader = "token_address,open_time,interval_seconds,open,high,low,close,volume";

    private static string Bar(int minute, double price) => $"{Tape.Token},{Instant.Text(Tape.At(minute))},60,{price},{price},{price},{price},1";

    private static string Signal(int minute, Guid? id = null) => $"{id},{Instant.Text(Tape.At(minute))},{Wallet},{Tape.Token},0.8,1";

    private static Task<ImportRecord> ImportBarsAsync(TestDatabase test, params string[] rows) =>
        WithFileAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(BarHeader))), path => test.Importer.ImportBarsAsync(path));

    private static Task<ImportRecord> ImportSignalsAsync(TestDatabase test, params string[] rows) =>
        WithFileAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend("id,timestamp,wallet_address,token_address,wallet,price_usd"))), path => test.Importer.ImportSignalsAsync(path));

    private static async Task<ImportRecord> WithFileAsync(byte[] content, Func<string, Task<ImportRecord>> import)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            return await import(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Progress(Action<ImportProgress> heard) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => heard(value);
    }
}
