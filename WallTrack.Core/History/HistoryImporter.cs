using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.History;

/// <summary>How far a running import is.</summary>
/// <param name="Fraction">0 … 1, of the file's bytes.</param>
public readonly record struct ImportProgress(double Fraction, long Rows, long Rejected);

/// <summary>
/// Takes files into the stored history. Rows go in by whole chunks, each lot in one transaction, so an import that is cut
/// short at any point leaves only whole chunks, which a second run recognises; the import's own record comes last.
/// </summary>
/// <remarks>One import at a time a database. Memory is bounded, whatever the file's size and order.</remarks>
public sealed class HistoryImporter(IDbContextFactory<WallTrackDbContext> contexts, Database database, TimeProvider time)
{
    private const int SignalsALot = 20_000;
    private const int BarsALot = 500_000; // 28 MB of rows, and as much again while they are encoded
    private const int RowsBetweenReports = 8192;

    /// <param name="name">The file's name for the log; <paramref name="path"/> may be a temporary copy.</param>
    /// <exception cref="UnreadableFileException">The file is refused as a whole, and nothing of it is stored; or another import is running.</exception>
    public async Task<ImportRecord> ImportSignalsAsync(string path, string? name = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var turn = await TakeTurnAsync(cancellation);
        using var run = new Run(ImportKind.Signals, name ?? Path.GetFileName(path), await HashOfReadableAsync(path, cancellation), time.GetUtcNow().UtcDateTime);
        using var csv = new SignalCsv(path);
        var lot = new List<(Signal Signal, RejectedRow Row)>();
        var latest = DateTime.MinValue;
        foreach (var (signal, rejected) in csv.Rows())
        {
            run.Rows++;
            if (signal is null)
            {
                run.Rejects.Add(rejected!);
            }
            else
            {
                run.OutOfOrder += signal.Time < latest ? 1 : 0;
                latest = signal.Time;
                lot.Add((signal, csv.Rejected(RejectReason.IdTaken)));
            }

            if (lot.Count == SignalsALot)
            {
                await StoreAsync(context => AddAsync(context, lot, run, cancellation), cancellation);
                lot.Clear();
            }

            if (run.Rows % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new(csv.Fraction, run.Rows, run.Rejects.Count));
            }
        }

        return await EndAsync(run, csv.IgnoredColumns, context => AddAsync(context, lot, run, cancellation), cancellation);
    }

    /// <param name="interval">Of rows that name none.</param>
    /// <inheritdoc cref="ImportSignalsAsync"/>
    public async Task<ImportRecord> ImportBarsAsync(string path, TimeSpan? interval = null, string? name = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var turn = await TakeTurnAsync(cancellation);
        using var run = new Run(ImportKind.Bars, name ?? Path.GetFileName(path), await HashOfReadableAsync(path, cancellation), time.GetUtcNow().UtcDateTime);
        using var csv = new BarCsv(path, interval);
        var lot = new BarLot();
        foreach (var (row, rejected) in csv.Rows())
        {
            run.Rows++;
            if (row is not { } bar)
            {
                run.Rejects.Add(rejected!);
            }
            else
            {
                run.OutOfOrder += lot.Add(in bar) ? 0 : 1;
            }

            if (lot.Count == BarsALot)
            {
                await StoreAsync(async context => run.Bars += await BarArchive.MergeAsync(context, lot.Rows, cancellation), cancellation);
                lot.Clear();
            }

            if (run.Rows % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new(csv.Fraction, run.Rows, run.Rejects.Count));
            }
        }

        return await EndAsync(run, csv.IgnoredColumns, async context =>
        {
            if (lot.Count > 0)
            {
                run.Bars += await BarArchive.MergeAsync(context, lot.Rows, cancellation);
            }
        }, cancellation);
    }

    /// <summary>Stores a made-up history as if it had come from files; the same options again change nothing.</summary>
    /// <exception cref="UnreadableFileException">Another import is running.</exception>
    public async Task<ImportRecord> ImportMadeUpAsync(MadeUpHistoryOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var turn = await TakeTurnAsync(cancellation);
        var words = options.ToString();
        using var run = new Run(ImportKind.MadeUp, $"Demo history, seed {options.Seed}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))), time.GetUtcNow().UtcDateTime);
        var (signals, bars, tokens) = (new List<(Signal, RejectedRow)>(), new BarLot(), 0);
        async Task Store(WallTrackDbContext context)
        {
            await AddAsync(context, signals, run, cancellation);
            run.Bars += bars.Count == 0 ? default : await BarArchive.MergeAsync(context, bars.Rows, cancellation);
            signals.Clear();
            bars.Clear();
        }

        foreach (var token in new MadeUpHistory(options).Tokens())
        {
            signals.AddRange(token.Signals.Select(signal => (signal, new RejectedRow(0, RejectReason.IdTaken, $"{signal.Id}"))));
            foreach (var bar in token.Bars)
            {
                bars.Add(new(token.TokenAddress, token.Interval, bar));
            }

            cancellation.ThrowIfCancellationRequested();
            run.Rows += token.Signals.Length + token.Bars.Length;
            progress?.Report(new(++tokens / (options.Tokens + 1.0), run.Rows, run.Rejects.Count));
            if (bars.Count >= BarsALot || signals.Count >= SignalsALot)
            {
                await StoreAsync(Store, cancellation);
            }
        }

        return await EndAsync(run, [], Store, cancellation);
    }

    private async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation) =>
        await database.TryLockAsync("import", cancellation: cancellation)
        ?? throw new UnreadableFileException("Another import is running on this database; start this one when it has ended.");

    /// <summary>
    /// Reads the file once for its hash, and a gzip file to its very end: one that breaks off must not leave its first
    /// half in the archive.
    /// </summary>
    private static async Task<string> HashOfReadableAsync(string path, CancellationToken cancellation)
    {
        using (var table = CsvTable.Open(path))
        {
            table.CheckToTheEnd(cancellation);
        }

        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    private async Task StoreAsync(Func<WallTrackDbContext, Task> write, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await write(context);
        await context.Set<HistoryVersion>().ExecuteUpdateAsync(set => set.SetProperty(version => version.Version, version => version.Version + 1), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Rows of known ids are repeats or rejects; the others are new.</summary>
    private static async Task AddAsync(WallTrackDbContext context, List<(Signal Signal, RejectedRow Row)> lot, Run run, CancellationToken cancellation)
    {
        var known = new Dictionary<Guid, Signal>();
        foreach (var ids in lot.Select(row => row.Signal.Id).Distinct().Chunk(2_000))
        {
            await foreach (var signal in context.Set<Signal>().Where(signal => EF.Parameter(ids).Contains(signal.Id)).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                known.Add(signal.Id, signal);
            }
        }

        var unknown = new List<Signal>();
        foreach (var (signal, row) in lot)
        {
            if (known.TryAdd(signal.Id, signal))
            {
                run.Accepted++;
                unknown.Add(signal);
            }
            else if (known[signal.Id] == signal)
            {
                run.Duplicates++;
            }
            else
            {
                run.Rejects.Add(row);
            }
        }

        await BulkInsert.RowsAsync(context, SignalMapping.Table, SignalMapping.Columns, unknown.Select(SignalMapping.Row), cancellation);
    }

    private async Task<ImportRecord> EndAsync(Run run, IReadOnlyList<string> ignoredColumns, Func<WallTrackDbContext, Task> writeLastLot, CancellationToken cancellation)
    {
        ImportRecord? record = null;
        await StoreAsync(async context =>
        {
            await writeLastLot(context);
            record = run.ToRecord(ignoredColumns, time.GetUtcNow().UtcDateTime);
            context.Add(record);
            await context.SaveChangesAsync(cancellation);
            foreach (var part in run.Rejects.Parts(record.Id))
            {
                context.Add(part);
                await context.SaveChangesAsync(cancellation);
                context.ChangeTracker.Clear();
            }
        }, cancellation);
        return record!;
    }

    /// <summary>What an import has done so far.</summary>
    private sealed class Run(ImportKind kind, string file, string hash, DateTime startedAt) : IDisposable
    {
        public RejectLog Rejects { get; } = new();

        public long Rows { get; set; }

        public long Accepted { get; set; }

        public long Duplicates { get; set; }

        public long OutOfOrder { get; set; }

        public MergeCounts Bars { get; set; }

        public void Dispose() => Rejects.Dispose();

        public ImportRecord ToRecord(IReadOnlyList<string> ignoredColumns, DateTime now) => new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(startedAt)),
            Kind = kind,
            FileName = file,
            FileHash = hash,
            StartedAt = Instant.Whole(startedAt),
            CompletedAt = Instant.Whole(now),
            Rows = Rows,
            Accepted = Accepted + Bars.Accepted,
            Replaced = Bars.Replaced,
            Duplicates = Duplicates + Bars.Duplicates,
            Rejected = Rejects.Count,
            RejectedByReason = Rejects.ByReason,
            Warnings = new[] { (ImportWarning.OutOfOrder, OutOfOrder), (ImportWarning.WideBar, Bars.WideBars), (ImportWarning.Gaps, Bars.Gaps) }
                .Where(warning => warning.Item2 > 0).ToDictionary(warning => warning.Item1, warning => warning.Item2),
            IgnoredColumns = [.. ignoredColumns],
        };
    }

    /// <summary>Rows of bars by chunk, until there are enough to store.</summary>
    private sealed class BarLot
    {
        private readonly Dictionary<string, DateTime> _latest = new(StringComparer.Ordinal);

        public Dictionary<ChunkKey, List<Bar>> Rows { get; } = [];

        public int Count { get; private set; }

        /// <summary>False when the token's row before it opened later.</summary>
        public bool Add(in BarRow row)
        {
            var key = ChunkKey.Of(in row);
            if (!Rows.TryGetValue(key, out var bars))
            {
                Rows.Add(key, bars = []);
            }

            bars.Add(row.Bar);
            Count++;
            var inOrder = row.Bar.OpenTime >= _latest.GetValueOrDefault(row.TokenAddress);
            _latest[row.TokenAddress] = row.Bar.OpenTime;
            return inOrder;
        }

        public void Clear()
        {
            Rows.Clear();
            Count = 0;
        }
    }
}
