using System.Diagnostics;
using System.Globalization;
using WallTrack.History;
using WallTrack.Storage;

namespace WallTrack.Benchmarks;

/// <summary>
/// Import of bars.csv and signals.csv of the benchmark history, and the cold load of its whole window: the database has
/// just been closed and opened, but the system may still hold its pages.
/// </summary>
internal static class HistoryBenchmark
{
    /// <param name="postgreSql">An empty database to measure instead of SQLite; a process of its own each, for the sake of the peak memory.</param>
    public static async Task RunAsync(string? postgreSql)
    {
        var folder = Directory.CreateTempSubdirectory("walltrack-benchmark").FullName;
        try
        {
            var (signals, bars, count) = WriteCsv(folder);
            Console.WriteLine($"bars.csv: {count:#,0} rows, {new FileInfo(bars).Length / 1e6:#,0} MB");
            if (postgreSql is not null)
            {
                await MeasureAsync("PostgreSQL", postgreSql, signals, bars);
                return;
            }

            await MeasureAsync("SQLite", $"Data Source={Path.Combine(folder, "history.db")}", signals, bars);
            Console.WriteLine($"  {new FileInfo(Path.Combine(folder, "history.db")).Length / (double)count:0.0} bytes a bar on disk, signals and indexes included");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, string connectionString, string signals, string bars)
    {
        var database = Database.Of(connectionString);
        await database.SetUpAsync();
        var importer = new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System);

        var started = Stopwatch.GetTimestamp();
        var record = await importer.ImportSignalsAsync(signals);
        Print($"{name}: import of signals", record.Rows, started);
        started = Stopwatch.GetTimestamp();
        record = await importer.ImportBarsAsync(bars);
        Print($"{name}: import of bars", record.Rows, started);
        Console.WriteLine($"  peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1 << 20):#,0} MB by now");
        started = Stopwatch.GetTimestamp();
        record = await importer.ImportBarsAsync(bars);
        Print($"{name}: the same bars again, {record.Duplicates:#,0} of them known", record.Rows, started);

        for (var run = 1; run <= 3; run++)
        {
            GC.Collect();
            started = Stopwatch.GetTimestamp();
            var window = await new HistoryLibrary(database.CreateContextFactory()).OpenAsync(BenchmarkHistory.Options.Start, BenchmarkHistory.Options.End);
            var loaded = Enumerable.Range(0, window.Signals.TokenAddresses.Length).Sum(token => (long)window.UsableBars(token));
            Print($"{name}: load of the whole window, run {run}", loaded, started);
            started = Stopwatch.GetTimestamp();
            _ = window.Fingerprint;
            Print($"{name}: its fingerprint", loaded, started);
        }
    }

    private static (string Signals, string Bars, long BarCount) WriteCsv(string folder)
    {
        var (signalsPath, barsPath, count) = (Path.Combine(folder, "signals.csv"), Path.Combine(folder, "bars.csv"), 0L);
        using var signals = new StreamWriter(signalsPath);
        using var bars = new StreamWriter(barsPath);
        signals.WriteLine("id,timestamp,wallet_address,token_address,wallet,cluster,token,context,cluster_amplification,price_usd,liquidity_usd,market_cap_usd,token_age_minutes,actual_traded");
        bars.WriteLine("token_address,open_time,interval_seconds,open,high,low,close,volume");
        foreach (var token in new MadeUpHistory(BenchmarkHistory.Options).Tokens())
        {
            foreach (var s in token.Signals)
                signals.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.Id},{Instant.Text(s.Time)},{s.WalletAddress},{s.TokenAddress},{s.WalletScore},{s.ClusterScore},{s.TokenScore},{s.ContextScore},{s.ClusterAmplification},{s.PriceUsd},{s.LiquidityUsd},{s.MarketCapUsd},{s.TokenAgeMinutes},{s.ActualTraded}"));
            foreach (var b in token.Bars)
                bars.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{token.TokenAddress},{Instant.Text(b.OpenTime)},{token.Interval.TotalSeconds},{b.Open},{b.High},{b.Low},{b.Close},{b.Volume}"));
            count += token.Bars.Length;
        }

        return (signalsPath, barsPath, count);
    }

    private static void Print(string what, long rows, long started)
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"{what,-62} {seconds,7:0.00} s {rows / seconds,14:#,0} rows/s");
    }
}
