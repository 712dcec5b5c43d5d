using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>What bars.csv may look like.</summary>
public sealed class BarFileTests : IDisposable
{
    private static readonly string SeveralIntervals = CsvText.Of(
        CsvText.Bar.With("interval_seconds", "300"), CsvText.Bar, CsvText.Bar.With("interval_seconds", "3600"),
        CsvText.Bar.With("token_address", Mint.WrappedSol).With("interval_seconds", "300"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_column_is_read()
    {
        var series = One(CsvText.Of(CsvText.Bar));

        Assert.Equal((CsvText.Token, TimeSpan.FromMinutes(1), 1), (series.TokenAddress, series.Interval, series.Count));
        Assert.Equal(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, series.OpenTimes[0]);
        Assert.Equal((1, 2, 0.5, 1.5), (series.Opens[0], series.Highs[0], series.Lows[0], series.Closes[0]));
    }

    [Fact]
    public void The_time_may_be_called_timestamp_and_the_volume_may_be_missing() =>
        Assert.Equal(1, One(CsvText.Of(CsvText.Bar.Renamed("open_time", "timestamp").Without("volume"))).Count);

    [Theory]
    [InlineData("token_address")]
    [InlineData("open_time")]
    [InlineData("open")]
    [InlineData("high")]
    [InlineData("low")]
    [InlineData("close")]
    [InlineData("interval_seconds")]
    public void A_file_without_a_needed_column_is_refused_and_the_column_is_named(string column)
    {
        var refusal = Assert.Throws<UnreadableFileException>(() => Read(CsvText.Of(CsvText.Bar.Without(column))));

        Assert.StartsWith($"File bars.csv has no column {column}", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_may_be_said_on_import_instead()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), One(CsvText.Of(CsvText.Bar.Without("interval_seconds")), TimeSpan.FromMinutes(5)).Interval);
        Assert.Equal(TimeSpan.FromMinutes(5), One(CsvText.Of(CsvText.Bar.With("interval_seconds", "")), TimeSpan.FromMinutes(5)).Interval);
        Assert.Equal(TimeSpan.FromMinutes(1), One(CsvText.Of(CsvText.Bar), TimeSpan.FromMinutes(5)).Interval);
    }

    [Fact]
    public void Rows_out_of_order_are_sorted()
    {
        var random = new Random(4);
        var minutes = Enumerable.Range(0, 50).ToArray();
        random.Shuffle(minutes);
        var series = One(CsvText.Of([.. minutes.Select(minute => CsvText.Bar.With("open_time", $"2026-07-01T00:{minute:D2}:00Z").With("high", $"{2 + minute}"))]));

        Assert.Equal(series.OpenTimes.ToArray().Order(), series.OpenTimes.ToArray());
        Assert.Equal(Enumerable.Range(0, 50).Select(minute => 2.0 + minute), series.Highs.ToArray());
    }

    [Fact]
    public void An_exact_duplicate_is_kept_once_and_counted()
    {
        var (bars, report) = Read(CsvText.Of(CsvText.Bar, CsvText.Bar.With("close", "1.50"), CsvText.Bar));

        Assert.Equal(1, Assert.Single(bars).Count);
        Assert.Equal((3, 1, 2, 0), (report.Rows, report.Kept, report.Duplicates, report.Replaced));
    }

    [Fact]
    public void A_later_row_replaces_a_bar_and_is_counted()
    {
        var (bars, report) = Read(CsvText.Of(CsvText.Bar, CsvText.Bar.With("close", "1.25")));

        Assert.Equal(1.25, Assert.Single(bars).Closes[0]);
        Assert.Equal((2, 1, 0, 1), (report.Rows, report.Kept, report.Duplicates, report.Replaced));
    }

    [Fact]
    public void Several_intervals_of_a_token_are_kept_apart()
    {
        var (bars, report) = Read(SeveralIntervals);

        Assert.Equal([(CsvText.Token, 60.0), (CsvText.Token, 300), (CsvText.Token, 3600), (Mint.WrappedSol, 300)],
            bars.Select(series => (series.TokenAddress, series.Interval.TotalSeconds)).OrderByDescending(series => series.TokenAddress).ThenBy(series => series.TotalSeconds));
        Assert.Equal(4, report.Kept);
    }

    [Fact]
    public void Of_several_intervals_of_a_token_a_window_uses_the_shortest()
    {
        var start = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
        var signal = new Signal { Id = Guid.Empty, Time = start, WalletAddress = CsvText.Wallet, TokenAddress = CsvText.Token, WalletScore = 1, PriceUsd = 1 };
        var window = new HistoryWindow(start, start.AddHours(2), [signal], Read(SeveralIntervals).Bars, SolPrice.Constant(100));

        Assert.Equal(TimeSpan.FromMinutes(1), window.Bars(0)?.Interval);
    }

    [Fact]
    public void Tokens_are_kept_apart_by_case()
    {
        var (bars, _) = Read(CsvText.Of(CsvText.Bar, CsvText.Bar.With("token_address", "token111111111111111111111111111111111111111")));

        Assert.Equal(2, bars.Count);
    }

    [Fact]
    public void Extra_columns_are_ignored_and_named()
    {
        var (_, report) = Read(CsvText.Of([("symbol", "TOK"), .. CsvText.Bar, ("timestamp", "x")]));

        Assert.Equal(["symbol", "timestamp"], report.IgnoredColumns);
    }

    private BarSeries One(string text, TimeSpan? interval = null) => Assert.Single(Read(text, interval).Bars);

    private (IReadOnlyList<BarSeries> Bars, FileReport Report) Read(string text, TimeSpan? interval = null)
    {
        var (bars, report) = CsvHistory.ReadBars(_folder.Write("bars.csv", text), interval);
        Assert.Equal(report.Rows, report.Kept + report.Duplicates + report.Replaced + report.Rejected.Count);
        return (bars, report);
    }
}
