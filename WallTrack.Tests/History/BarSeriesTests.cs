using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>Searches of a series against the plainest search there is, and the extremes of its blocks.</summary>
public sealed class BarSeriesTests
{
    private const long Minute = TimeSpan.TicksPerMinute;
    private static readonly long Start = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static TheoryData<string> Spacings => ["without gaps", "with gaps", "with long gaps", "off the minute", "closer than the interval"];

    [Theory]
    [MemberData(nameof(Spacings))]
    public void The_first_bar_that_opens_at_or_after_an_instant_is_found(string spacing) => Search(spacing, (series, ticks) =>
    {
        var expected = 0;
        while (expected < series.Count && series.OpenTimes[expected] < ticks)
            expected++;
        Assert.Equal(expected, series.FirstOpenAtOrAfter(ticks));
    });

    [Theory]
    [MemberData(nameof(Spacings))]
    public void The_bars_that_have_closed_by_an_instant_are_counted(string spacing) => Search(spacing, (series, ticks) =>
    {
        var expected = 0;
        while (expected < series.Count && series.OpenTimes[expected] + series.Interval.Ticks <= ticks)
            expected++;
        Assert.Equal(expected, series.ClosedBy(ticks));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void The_extremes_of_each_block_are_those_of_its_bars(int blockSize)
    {
        var random = new Random(blockSize);
        foreach (var count in new[] { 0, 1, 6, 7, 8, 63, 64, 65, 128, 500 })
        {
            var series = Series(random, Times(random, "with gaps", count), blockSize);

            Assert.Equal(series.Highs.ToArray().Chunk(blockSize).Select(block => block.Max()), series.BlockHighs.ToArray());
            Assert.Equal(series.Lows.ToArray().Chunk(blockSize).Select(block => block.Min()), series.BlockLows.ToArray());
        }
    }

    [Fact]
    public void Bars_become_columns()
    {
        var open = new DateTime(Start, DateTimeKind.Utc);
        var series = BarSeries.From("T", TimeSpan.FromMinutes(5), [new(open, 2, 4, 1, 3, 9), new(open.AddMinutes(5), 3, 3, 3, 3, 0)]);

        Assert.Equal(("T", TimeSpan.FromMinutes(5), 2, 64), (series.TokenAddress, series.Interval, series.Count, series.BlockSize));
        Assert.Equal([Start, Start + (5 * Minute)], series.OpenTimes.ToArray());
        Assert.Equal([2.0, 3], series.Opens.ToArray());
        Assert.Equal([4.0, 3], series.Highs.ToArray());
        Assert.Equal([1.0, 3], series.Lows.ToArray());
        Assert.Equal([3.0, 3], series.Closes.ToArray());
        Assert.Equal(Start + (10 * Minute), series.CloseTime(1));
    }

    [Theory]
    [InlineData(1.0, 2.0, 0.0, 1.0)] // low at 0
    [InlineData(1.0, 2.0, -1.0, 1.0)]
    [InlineData(0.4, 2.0, 0.5, 1.0)] // open below low
    [InlineData(1.0, 2.0, 0.5, 0.4)] // close below low
    [InlineData(2.1, 2.0, 0.5, 1.0)] // open above high
    [InlineData(1.0, 2.0, 0.5, 2.1)] // close above high
    [InlineData(1.0, double.PositiveInfinity, 0.5, 1.0)]
    [InlineData(double.NaN, 2.0, 0.5, 1.0)]
    [InlineData(1.0, double.NaN, 0.5, 1.0)]
    [InlineData(1.0, 2.0, double.NaN, 1.0)]
    [InlineData(1.0, 2.0, 0.5, double.NaN)]
    public void A_bar_that_cannot_be_is_refused(double open, double high, double low, double close)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new BarSeries("T", TimeSpan.FromMinutes(1), [Start, Start + Minute], [1, open], [1, high], [1, low], [1, close]));

        Assert.StartsWith("Bar 1 of T breaks 0 < low ≤ open, close ≤ high.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Open_times_that_do_not_ascend_are_refused(long step)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new BarSeries("T", TimeSpan.FromMinutes(1), [Start, Start + step], [1, 1], [1, 1], [1, 1], [1, 1]));

        Assert.StartsWith("Bar 1 of T does not open after the bar before it.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Columns_of_different_lengths_are_refused(int longer)
    {
        double[] Column(int place) => place == longer ? [1, 1] : [1];

        Assert.Throws<ArgumentException>(() => new BarSeries("T", TimeSpan.FromMinutes(1), longer == 0 ? [Start, Start + Minute] : [Start], Column(1), Column(2), Column(3), Column(4)));
    }

    [Fact]
    public void An_interval_or_a_block_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarSeries("T", TimeSpan.Zero, [], [], [], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarSeries("T", TimeSpan.FromMinutes(-1), [], [], [], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarSeries("T", TimeSpan.FromMinutes(1), [], [], [], [], [], blockSize: 0));
    }

    /// <summary>Asks many series about every instant at which an answer can change, and some others.</summary>
    private static void Search(string spacing, Action<BarSeries, long> ask)
    {
        var random = new Random(spacing.Length);
        for (var i = 0; i < 300; i++)
        {
            var series = Series(random, Times(random, spacing, random.Next(i < 20 ? 3 : 120)), BarSeries.DefaultBlockSize);
            var edges = series.OpenTimes.ToArray().SelectMany(open => new[] { open, open + series.Interval.Ticks }).SelectMany(edge => new[] { edge - 1, edge, edge + 1 });
            foreach (var ticks in edges.Append(0).Append(DateTime.MaxValue.Ticks).Append(Start).Append(Start + random.NextInt64(1_000 * Minute)))
                ask(series, ticks);
        }
    }

    private static long[] Times(Random random, string spacing, int count)
    {
        var times = new long[count];
        var time = Start;
        for (var i = 0; i < count; i++)
        {
            times[i] = time;
            time += spacing switch
            {
                "without gaps" => Minute,
                "with gaps" => Minute * (random.Next(3) == 0 ? random.Next(1, 20) : 1),
                "with long gaps" => Minute * (random.Next(20) == 0 ? random.Next(1, 100_000) : 1),
                "off the minute" => Minute + random.NextInt64(3 * Minute),
                _ => random.NextInt64(1, 2 * Minute),
            };
        }

        return times;
    }

    private static BarSeries Series(Random random, long[] times, int blockSize)
    {
        var lows = Array.ConvertAll(times, _ => 0.5 + random.NextDouble());
        var opens = Array.ConvertAll(lows, low => low + random.NextDouble());
        var closes = Array.ConvertAll(lows, low => low + random.NextDouble());
        var highs = opens.Zip(closes, (open, close) => Math.Max(open, close) + random.NextDouble()).ToArray();
        return new("T", TimeSpan.FromMinutes(1), times, opens, highs, lows, closes, blockSize);
    }
}
