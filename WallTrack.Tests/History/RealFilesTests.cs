using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>Files as people really export them. They are not the project's, so these tests run only where they are at hand.</summary>
public sealed class RealFilesTests
{
    private static readonly string[] BadFiles =
    [
        "bars_1m_unfiltered_dust_spikes.csv", "cielo_wallet_newest_first_nonswap_rows_zero_price.csv", "copytrader_dup_sell_sig_partial_positions_empty_fields.csv",
        "eth_swaps_reverted_and_1e30_raw_units.csv", "gecko_new_pools_scientific_notation_us_dates.csv", "gecko_ohlcv_excel_mangled_datetime_newest_first.csv",
        "gecko_ohlcv_utc_offset_mixed_timeframes_unsorted.csv", "gmgn_kline_two_json_shapes_one_column.csv", "pumpfun_swaps_null_price_dust_dups.jsonl",
    ];

    public static TheoryData<string> BadNames => [.. BadFiles];

    [Fact]
    public void Every_bad_file_is_tried() =>
        Assert.Equal(BadFiles.Order(StringComparer.Ordinal), Directory.GetFiles(RealData.Folder("bad")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_bad_file_of_signals_ends_in_a_report_or_in_one_sentence(string name) =>
        ReportOrSentence(() => CsvHistory.ReadSignals(Path.Combine(RealData.Folder("bad"), name)).Report);

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_bad_file_of_bars_ends_in_a_report_or_in_one_sentence(string name) =>
        ReportOrSentence(() => CsvHistory.ReadBars(Path.Combine(RealData.Folder("bad"), name), TimeSpan.FromMinutes(1)).Report);

    // With the headers that the format asks for, their rows reach the checks.
    [Theory]
    [InlineData("bars_1m_unfiltered_dust_spikes.csv", "token,timestamp", "token_address,open_time", 60)]
    [InlineData("gecko_ohlcv_excel_mangled_datetime_newest_first.csv", "pool_id,timeframe,timestamp,open_price,high_price,low_price,close_price", "token_address,timeframe,timestamp,open,high,low,close", 3600)]
    [InlineData("gecko_ohlcv_utc_offset_mixed_timeframes_unsorted.csv", "pool_id,timeframe,timestamp,datetime,open_price,high_price,low_price,close_price", "token_address,timeframe,unix,timestamp,open,high,low,close", 3600)]
    public void Bad_rows_under_a_good_header_are_all_accounted_for(string name, string header, string instead, int seconds)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(RealData.Folder("bad"), name));
        Assert.Contains(header, text, StringComparison.Ordinal);
        var path = folder.Write("bars.csv", text.Replace(header, instead, StringComparison.Ordinal).Replace("solana_", "", StringComparison.Ordinal));
        var (bars, report) = CsvHistory.ReadBars(path, TimeSpan.FromSeconds(seconds));

        Assert.True(report.Rows > 50);
        Assert.Equal(report.Rows, report.Kept + report.Duplicates + report.Replaced + report.Rejected.Count);
        Assert.Equal(report.Kept, bars.Sum(series => series.Count));
    }

    [Fact]
    public void The_real_signals_are_kept_but_for_addresses_that_are_none()
    {
        var (_, report) = CsvHistory.ReadSignals(Path.Combine(RealData.Folder("real"), "signals.csv"));

        Assert.Equal((2_020, 1_843, 177), (report.Rows, report.Kept, report.Rejected.Count));
        Assert.Equal([(RejectReason.Address, 177)], report.RejectedByReason());
    }

    [Fact]
    public void The_real_bars_are_kept_but_for_addresses_that_are_none()
    {
        var (bars, report) = CsvHistory.ReadBars(Path.Combine(RealData.Folder("real"), "bars.csv.gz"));

        Assert.Equal((22_815, 19_622, 3_193), (report.Rows, report.Kept, report.Rejected.Count));
        Assert.Equal([(RejectReason.Address, 3_193)], report.RejectedByReason());
        Assert.Contains(bars, series => series.TokenAddress == Mint.WrappedSol);
    }

    private static void ReportOrSentence(Func<FileReport> read)
    {
        try
        {
            var report = read();
            Assert.Equal(report.Rows, report.Kept + report.Duplicates + report.Replaced + report.Rejected.Count);
        }
        catch (UnreadableFileException refusal)
        {
            Assert.Matches(@"^File [^\r\n]+\.$", refusal.Message);
            Assert.InRange(refusal.Message.Length, 20, 1_500);
        }
    }
}
