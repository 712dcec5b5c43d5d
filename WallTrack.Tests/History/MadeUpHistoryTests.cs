using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>The made-up history is realistic enough to pass every check of a real one, and never changes.</summary>
public sealed class MadeUpHistoryTests
{
    private static readonly MadeUpHistoryOptions Small = new() { Signals = 200, Tokens = 7, Days = 2, BarHours = 3, Seed = 11 };

    public static TheoryData<int, int, int, int> Sizes { get; } = new()
    {
        { 200, 7, 2, 3 }, { 1, 1, 1, 2 }, { 1, 20, 1, 2 }, { 5_000, 3, 1, 2 }, { 1_000, 50, 30, 48 }, { 10, 2, 1, 1_000 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_is_as_large_as_asked(int signals, int tokens, int days, int barHours)
    {
        var history = Make(signals, tokens, days, barHours);

        Assert.Equal(tokens + 1, history.Count);
        Assert.Equal(signals, history.Sum(token => token.Signals.Length));
        Assert.Equal(tokens + 1, history.Select(token => token.TokenAddress).Distinct().Count());
        Assert.Equal(signals, history.SelectMany(token => token.Signals).Select(signal => signal.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_bar_and_every_signal_is_valid_and_inside_the_window(int signals, int tokens, int days, int barHours)
    {
        var (start, end) = (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(days));
        foreach (var token in Make(signals, tokens, days, barHours).SkipLast(1))
        {
            Assert.Matches("^[1-9A-HJ-NP-Za-km-z]{44}$", token.TokenAddress);
            Assert.NotEmpty(token.Bars);
            Assert.True(token.Bars[0].OpenTime >= start && token.Bars[^1].OpenTime + token.Interval <= end);
            Assert.Equal(token.Bars.Length, BarSeries.From(token.TokenAddress, token.Interval, token.Bars).Count); // which refuses bad bars
            Assert.All(token.Bars, bar => Assert.True(bar.Volume >= 0));
            Assert.All(token.Signals, signal =>
            {
                Assert.Equal(token.TokenAddress, signal.TokenAddress);
                Assert.True(signal.Time >= start && signal.Time < end && signal.Time.Kind == DateTimeKind.Utc);
                Assert.All([signal.WalletScore, signal.ClusterScore, signal.TokenScore, signal.ContextScore], component => Assert.InRange(component, 0, 1));
                Assert.True(signal.PriceUsd > 0 && signal.ClusterAmplification >= 0 && signal.LiquidityUsd >= 0 && signal.TokenAgeMinutes >= 0);
            });
        }
    }

    [Fact]
    public void The_last_token_is_SOL_from_a_day_before_the_start_to_the_end()
    {
        var sol = new MadeUpHistory(Small).Tokens().Last();

        Assert.Equal(Mint.WrappedSol, sol.TokenAddress);
        Assert.Empty(sol.Signals);
        Assert.Equal(Small.Start.AddDays(-1), sol.Bars[0].OpenTime);
        Assert.Equal(Small.End, sol.Bars[^1].OpenTime + sol.Interval);
        Assert.Equal(sol.Bars.Length, BarSeries.From(sol.TokenAddress, sol.Interval, sol.Bars).Count);
    }

    [Fact]
    public void The_same_options_give_the_same_bits() => Assert.Equal("9a1973be985f077d8a9ebff54754f6073b493fc54d2e3434ac3edabace88ad36", Hash(new MadeUpHistory(Small).Tokens()));

    [Fact]
    public void Another_seed_gives_another_history() => Assert.NotEqual(Hash(new MadeUpHistory(Small).Tokens()), Hash(new MadeUpHistory(Small with { Seed = 12 }).Tokens()));

    [Fact]
    public void What_is_read_does_not_depend_on_how_much_is_read()
    {
        var history = new MadeUpHistory(Small);
        var whole = new MadeUpHistory(Small).Tokens().ToList();

        Assert.Equal(Hash(whole.Take(3)), Hash(history.Tokens().Take(3)));
        Assert.Equal(Hash(whole), Hash(history.Tokens()));
        Assert.Equal(Hash(whole.TakeLast(2)), Hash(history.Tokens().TakeLast(2)));
    }

    [Fact]
    public void Two_readers_do_not_disturb_each_other()
    {
        var history = new MadeUpHistory(Small);

        Assert.All(history.Tokens().Zip(history.Tokens()), pair => Assert.Equal(Hash([pair.First]), Hash([pair.Second])));
    }

    [Fact]
    public void More_days_of_bars_do_not_change_the_tokens_names()
    {
        var longer = new MadeUpHistory(Small with { Days = 20, BarHours = 9 });

        Assert.Equal(new MadeUpHistory(Small).Tokens().Select(token => token.TokenAddress), longer.Tokens().Select(token => token.TokenAddress));
    }

    [Theory]
    [InlineData(0, 1, 1, 2)]
    [InlineData(1, 0, 1, 2)]
    [InlineData(1, 1, 0, 2)]
    [InlineData(1, 1, 1, 1)]
    public void Options_below_their_least_are_refused(int signals, int tokens, int days, int barHours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MadeUpHistory(new() { Signals = signals, Tokens = tokens, Days = days, BarHours = barHours }));

    [Fact]
    public void Written_to_files_it_reads_back_without_a_rejected_row()
    {
        using var folder = new TemporaryFolder();
        var history = new MadeUpHistory(Small).Tokens().ToList();
        var files = MadeUpFiles.Write(folder, history);

        var (signals, signalReport) = CsvHistory.ReadSignals(files.Signals);
        var (bars, barReport) = CsvHistory.ReadBars(files.Bars);

        Assert.Empty(signalReport.Rejected);
        Assert.Empty(barReport.Rejected);
        Assert.Equal(history.SelectMany(token => token.Signals), signals);
        Assert.Equal(history.Select(token => token.TokenAddress), bars.Select(series => series.TokenAddress));
        Assert.All(history.Zip(bars), pair => Assert.Equal(pair.First.Bars.Select(bar => bar.Close), pair.Second.Closes.ToArray()));
    }

    private static List<TokenHistory> Make(int signals, int tokens, int days, int barHours) =>
        [.. new MadeUpHistory(new() { Signals = signals, Tokens = tokens, Days = days, BarHours = barHours }).Tokens()];

    /// <summary>Of every bit: times as ticks, numbers as the 64 bits they are.</summary>
    private static string Hash(IEnumerable<TokenHistory> tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            text.Append(CultureInfo.InvariantCulture, $"{token.TokenAddress} {token.Interval.Ticks}\n");
            foreach (var bar in token.Bars)
                text.Append(CultureInfo.InvariantCulture, $"{bar.OpenTime.Ticks} {Bits(bar.Open)} {Bits(bar.High)} {Bits(bar.Low)} {Bits(bar.Close)} {Bits(bar.Volume)}\n");
            foreach (var signal in token.Signals)
            {
                text.Append(CultureInfo.InvariantCulture, $"{signal.Id} {signal.Time.Ticks} {signal.WalletAddress} {signal.TokenAddress} {signal.ActualTraded}")
                    .AppendJoin(' ', new[] { signal.WalletScore, signal.ClusterScore, signal.TokenScore, signal.ContextScore, signal.ClusterAmplification, signal.PriceUsd, signal.LiquidityUsd!.Value, signal.MarketCapUsd!.Value, signal.TokenAgeMinutes!.Value }.Select(Bits))
                    .Append('\n');
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
