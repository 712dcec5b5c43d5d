using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>A bad row never stops a file and never vanishes: each reason, provoked by one row between two good ones.</summary>
public sealed class RejectedRowsTests : IDisposable
{
    private const string Deep = "{\"wallet\":{}}";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> BadSignals { get; } = new()
    {
        { RejectReason.Time, "timestamp", "07/01/2026" },
        { RejectReason.Time, "timestamp", "00:00.0" },
        { RejectReason.Number, "price_usd", "cheap" },
        { RejectReason.Number, "price_usd", "1,5" },
        { RejectReason.Number, "wallet", "0x1" },
        { RejectReason.Number, "liquidity_usd", "5k" },
        { RejectReason.Missing, "timestamp", "" },
        { RejectReason.Missing, "wallet", "" },
        { RejectReason.Missing, "price_usd", "" },
        { RejectReason.Missing, "token_address", "" },
        { RejectReason.Missing, "wallet_address", " " },
        { RejectReason.NotFinite, "price_usd", "NaN" },
        { RejectReason.NotFinite, "price_usd", "Infinity" },
        { RejectReason.NotFinite, "wallet", "NaN" },
        { RejectReason.NotFinite, "market_cap_usd", "1e999" },
        { RejectReason.Price, "price_usd", "0" },
        { RejectReason.Price, "price_usd", "-1" },
        { RejectReason.Price, "price_usd", "1e-400" },
        { RejectReason.Score, "wallet", "1.0000000000000002" },
        { RejectReason.Score, "cluster", "-0.01" },
        { RejectReason.Score, "token", "70" },
        { RejectReason.Score, "context", "2" },
        { RejectReason.Negative, "cluster_amplification", "-1" },
        { RejectReason.Negative, "liquidity_usd", "-0.5" },
        { RejectReason.Negative, "token_age_minutes", "-3" },
        { RejectReason.Address, "token_address", "0xf5a138bb6dc37ce8523d0edc10b64fa5068c45a8" },
        { RejectReason.Address, "token_address", "1111111111111111111111111111111" },
        { RejectReason.Address, "token_address", "111111111111111111111111111111111111111111111" },
        { RejectReason.Address, "wallet_address", "0OIl1111111111111111111111111111111111111111" },
        { RejectReason.Id, "id", "240" },
        { RejectReason.Breakdown, "score_breakdown", "{bad" },
        { RejectReason.Breakdown, "score_breakdown", "[0.5]" },
        { RejectReason.Breakdown, "score_breakdown", Deep },
        { RejectReason.Score, "score_breakdown", "{\"wallet\":7}" },
        { RejectReason.Flag, "actual_traded", "maybe" },
    };

    public static TheoryData<string, string, string> BadBars { get; } = new()
    {
        { RejectReason.Time, "open_time", "8/30/2025 20:44" },
        { RejectReason.Number, "open", "?" },
        { RejectReason.Number, "interval_seconds", "1m" },
        { RejectReason.Missing, "interval_seconds", "" },
        { RejectReason.Missing, "close", "" },
        { RejectReason.NotFinite, "high", "Infinity" },
        { RejectReason.NotFinite, "volume", "NaN" },
        { RejectReason.Price, "low", "0" },
        { RejectReason.Price, "open", "-1" },
        { RejectReason.Ohlc, "high", "1.4" },
        { RejectReason.Ohlc, "low", "1.1" },
        { RejectReason.Ohlc, "close", "2.0001" },
        { RejectReason.Ohlc, "open", "0.4999" },
        { RejectReason.Negative, "volume", "-1" },
        { RejectReason.Negative, "interval_seconds", "-60" },
        { RejectReason.Address, "token_address", "solana_7SWbVXmn2Ar8CqAdVZfQmZcCGmnChRp2JTfuEzyBL17V" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadSignals))]
    public void A_bad_signal_is_rejected_for_its_reason_with_its_line_and_text(string reason, string column, string value)
    {
        (string, string)[] Row(int number) => [.. CsvText.SignalNumber(number), ("score_breakdown", "")];
        var good = column == "score_breakdown" ? Row(2).With("wallet", "") : Row(2);
        var bad = good.With(column, value);
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", CsvText.Of(Row(1), bad, Row(3))));

        Assert.Equal([1, 3], signals.Select(signal => int.Parse(signal.Id.ToString()[^12..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(new RejectedRow(3, reason, CsvText.Line(bad)), Assert.Single(report.Rejected));
        Assert.Equal([(reason, 1)], report.RejectedByReason());
    }

    [Theory]
    [MemberData(nameof(BadBars))]
    public void A_bad_bar_is_rejected_for_its_reason_with_its_line_and_text(string reason, string column, string value)
    {
        var bad = CsvText.Bar.With(column, value);
        var (bars, report) = CsvHistory.ReadBars(_folder.Write("bars.csv",
            CsvText.Of(CsvText.Bar, bad, CsvText.Bar.With("open_time", "2026-07-01T00:02:00Z"))));

        Assert.Equal(2, Assert.Single(bars).Count);
        Assert.Equal(new RejectedRow(3, reason, CsvText.Line(bad)), Assert.Single(report.Rejected));
    }

    [Fact]
    public void Every_reason_is_provoked_here()
    {
        var reasons = typeof(RejectReason).GetFields().Select(field => (string)field.GetValue(null)!);
        var provoked = BadSignals.Concat(BadBars).Select(row => row.Data.Item1).Append(RejectReason.IdTaken).Append(RejectReason.TooLong); // the last two have tests of their own

        Assert.Equal(reasons.Order(StringComparer.Ordinal), provoked.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_exact_duplicate_is_kept_once_and_counted()
    {
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv",
            CsvText.Of(CsvText.Signal, CsvText.Signal, CsvText.Signal.With("wallet", "0.900"))));

        Assert.Single(signals);
        Assert.Equal((3, 1, 2, 0), (report.Rows, report.Kept, report.Duplicates, report.Rejected.Count));
    }

    [Fact]
    public void Equal_rows_without_an_id_are_duplicates()
    {
        var row = CsvText.Signal.Without("id");
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", CsvText.Of(row, row)));

        Assert.Single(signals);
        Assert.Equal(1, report.Duplicates);
    }

    [Fact]
    public void An_id_that_comes_again_with_other_content_is_rejected_and_the_first_row_stands()
    {
        var other = CsvText.Signal.With("price_usd", "2");
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", CsvText.Of(CsvText.Signal, other)));

        Assert.Equal(0.000012, Assert.Single(signals).PriceUsd);
        Assert.Equal(new RejectedRow(3, RejectReason.IdTaken, CsvText.Line(other)), Assert.Single(report.Rejected));
    }

    [Fact]
    public void Reasons_are_counted_most_frequent_first()
    {
        var (_, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", CsvText.Of(
            CsvText.SignalNumber(1).With("wallet", "2"), CsvText.SignalNumber(2).With("price_usd", "0"), CsvText.SignalNumber(3).With("price_usd", "-4"), CsvText.SignalNumber(4))));

        Assert.Equal([(RejectReason.Price, 2), (RejectReason.Score, 1)], report.RejectedByReason());
        Assert.Equal([2, 3, 4], report.Rejected.Select(row => row.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.9")]
    [InlineData("0.9,,,,,,,,,,,,")]
    public void A_row_that_is_too_short_is_rejected(string row)
    {
        var (_, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", CsvText.Of(CsvText.Signal.Without("id")) + row + "\n" + CsvText.Line(CsvText.Signal.Without("id")) + "\n"));

        Assert.Equal(row.Length == 0 ? 0 : 1, report.Rejected.Count); // an empty line is no row
    }

    // A lost line end, or a dump of JSON: bad as it is, it is one row, and "a bad row never stops an import".
    [Fact]
    public void A_row_of_two_megabytes_costs_itself_and_no_other()
    {
        var text = CsvText.Of(CsvText.SignalNumber(1)) + new string('x', 2 << 20) + "\n" + CsvText.Line(CsvText.SignalNumber(2)) + "\n";
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", text));

        Assert.Equal(2, signals.Count);
        Assert.Equal(3, Assert.Single(report.Rejected).Line);
    }

    // "1,5" for 1.5 in the last column: read as 1, with a 5 that nobody asked for.
    [Fact]
    public void A_row_with_more_values_than_the_header_is_rejected()
    {
        var row = CsvText.Bar.With("close", "1.5").Without("volume");
        var (bars, report) = CsvHistory.ReadBars(_folder.Write("bars.csv", CsvText.Of(row) + CsvText.Line(row.With("open_time", "2026-07-01T00:01:00Z").Without("close")) + ",1,5\n"));

        Assert.Equal(1, Assert.Single(bars).Count);
        Assert.Equal((3, RejectReason.TooLong), (Assert.Single(report.Rejected).Line, report.Rejected[0].Reason));
    }

    [Fact]
    public void Commas_after_the_last_value_are_no_values()
    {
        var (bars, report) = CsvHistory.ReadBars(_folder.Write("bars.csv", CsvText.Of(CsvText.Bar).TrimEnd('\n') + ",, ,\n"));

        Assert.Single(bars);
        Assert.Empty(report.Rejected);
    }
}
