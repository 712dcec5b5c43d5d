using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>What signals.csv may look like.</summary>
public sealed class SignalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // The good row of CsvText, as the contract reads it.
    private static readonly Signal Expected = new()
    {
        Id = Guid.Parse("00000000-0000-0000-0000-000000000001"),
        Time = new(2026, 7, 1, 0, 0, 30, DateTimeKind.Utc),
        WalletAddress = CsvText.Wallet,
        TokenAddress = CsvText.Token,
        WalletScore = 0.9,
        ClusterScore = 0.8,
        TokenScore = 0.7,
        ContextScore = 0.6,
        ClusterAmplification = 1.25,
        PriceUsd = 0.000012,
        LiquidityUsd = 5000,
        MarketCapUsd = 12000,
        TokenAgeMinutes = 33.5,
        ActualTraded = true,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_column_is_read() => Assert.Equal(Expected, One(CsvText.Of(CsvText.Signal)));

    [Fact]
    public void Columns_may_stand_in_any_order()
    {
        var random = new Random(3);
        for (var i = 0; i < 20; i++)
        {
            (string, string)[] row = [.. CsvText.Signal];
            random.Shuffle(row);

            Assert.Equal(Expected, One(CsvText.Of(row)));
        }
    }

    [Theory]
    [InlineData("wallet", "wallet_score")]
    [InlineData("price_usd", "token_price_usd")]
    [InlineData("liquidity_usd", "token_liquidity")]
    [InlineData("market_cap_usd", "token_market_cap")]
    [InlineData("price_usd", "PRICE_USD")]
    [InlineData("timestamp", " timestamp ")]
    public void A_column_may_have_its_other_name(string column, string other) => Assert.Equal(Expected, One(CsvText.Of(CsvText.Signal.Renamed(column, other))));

    [Fact]
    public void Only_five_columns_are_needed_and_the_others_have_defaults()
    {
        var signal = One(CsvText.Of(CsvText.Signal.Without("id", "cluster", "token", "context", "cluster_amplification", "liquidity_usd", "market_cap_usd", "token_age_minutes", "actual_traded")));

        Assert.Equal(new Signal { Id = signal.Id, Time = Expected.Time, WalletAddress = Expected.WalletAddress, TokenAddress = Expected.TokenAddress, WalletScore = 0.9, PriceUsd = 0.000012 }, signal);
        Assert.Equal((0.5, 0.5, 0.5, 1.0), (signal.ClusterScore, signal.TokenScore, signal.ContextScore, signal.ClusterAmplification));
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("wallet_address")]
    [InlineData("token_address")]
    [InlineData("price_usd")]
    [InlineData("wallet")]
    public void A_file_without_a_needed_column_is_refused_and_the_column_is_named(string column)
    {
        var refusal = Assert.Throws<UnreadableFileException>(() => Read(CsvText.Of(CsvText.Signal.Without(column))));

        Assert.StartsWith($"File signals.csv has no column {column}", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_columns_are_ignored_and_named()
    {
        var (signals, report) = Read(CsvText.Of([("note", "a, \"b\""), .. CsvText.Signal, ("wallet_score", "0.1"), ("Chain", "solana")]));

        Assert.Equal(Expected, Assert.Single(signals));
        Assert.Equal(["note", "wallet_score", "Chain"], report.IgnoredColumns);
    }

    [Fact]
    public void A_score_breakdown_fills_in_what_the_plain_columns_lack()
    {
        const string breakdown = """{"wallet":0.4,"cluster":"0.3","token":0.2,"context":null,"other":[1]}""";
        var row = CsvText.Signal.With("wallet", "").With("cluster", "").With("context", "");
        var signal = One(CsvText.Of([.. row, ("score_breakdown", breakdown)]));

        Assert.Equal((0.4, 0.3, 0.7, 0.5), (signal.WalletScore, signal.ClusterScore, signal.TokenScore, signal.ContextScore));
    }

    [Fact]
    public void A_score_breakdown_stands_in_for_the_wallet_column()
    {
        var signal = One(CsvText.Of([.. CsvText.Signal.Without("wallet", "cluster"), ("score_breakdown", """{"wallet":1,"cluster":0}""")]));

        Assert.Equal((1, 0), (signal.WalletScore, signal.ClusterScore));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("", null)]
    public void Flags_are_words_or_digits(string text, bool? flag) => Assert.Equal(flag, One(CsvText.Of(CsvText.Signal.With("actual_traded", text))).ActualTraded);

    [Theory]
    [InlineData("1.2e-05", 1.2e-5)]
    [InlineData("1E-12", 1e-12)]
    [InlineData("100000", 1e5)]
    [InlineData(" 3 ", 3.0)]
    [InlineData("0.1000000000000000055511151231257827", 0.1)]
    public void Prices_of_any_size_are_read_to_the_last_bit(string text, double price) => Assert.Equal(price, One(CsvText.Of(CsvText.Signal.With("price_usd", text))).PriceUsd);

    [Fact]
    public void A_derived_id_is_the_same_on_every_read_and_every_machine()
    {
        var text = CsvText.Of(CsvText.Signal.Without("id"));

        Assert.Equal(Guid.Parse("8c3495b8-8a88-8965-bf2c-58cd976a6498"), One(text).Id);
        Assert.Equal(One(text).Id, One(text).Id);
    }

    [Fact]
    public void A_derived_id_depends_on_what_the_row_says_not_on_how()
    {
        var id = One(CsvText.Of(CsvText.Signal.Without("id"))).Id;
        var rewritten = CsvText.Signal.With("id", "").With("wallet", "0.90").With("timestamp", "2026-07-01T02:00:30+02:00").With("price_usd", "1.2e-5").With("actual_traded", "1");

        Assert.Equal(id, One(CsvText.Of([("extra", "x"), .. rewritten.Reverse()])).Id);
    }

    [Theory]
    [InlineData("timestamp", "2026-07-01T00:00:31Z")]
    [InlineData("wallet", "0.90000000000000013")]
    [InlineData("cluster_amplification", "1")]
    [InlineData("liquidity_usd", "")]
    [InlineData("actual_traded", "")]
    public void A_derived_id_tells_rows_apart_by_any_value(string column, string value) =>
        Assert.NotEqual(One(CsvText.Of(CsvText.Signal.Without("id"))).Id, One(CsvText.Of(CsvText.Signal.Without("id").With(column, value))).Id);

    [Fact]
    public void Rows_out_of_order_are_sorted_by_the_window()
    {
        var rows = Enumerable.Range(1, 9).Select(number => CsvText.SignalNumber(number).With("timestamp", $"2026-07-01T00:0{9 - number}:00Z")).ToArray();
        var (signals, _) = Read(CsvText.Of(rows));

        Assert.Equal(signals.Select(signal => signal.Time).Order(), SignalColumns.From(signals).Times.ToArray().Select(ticks => new DateTime(ticks, DateTimeKind.Utc)));
    }

    private Signal One(string text) => Assert.Single(Read(text).Signals);

    private (IReadOnlyList<Signal> Signals, FileReport Report) Read(string text)
    {
        var (signals, report) = CsvHistory.ReadSignals(_folder.Write("signals.csv", text));
        Assert.Equal(report.Rows, report.Kept + report.Duplicates + report.Replaced + report.Rejected.Count);
        Assert.Equal(signals.Count, report.Kept);
        return (signals, report);
    }
}
