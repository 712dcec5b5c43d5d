using FsCheck;
using FsCheck.Fluent;
using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(9.4, 13.1, "10 11 12 13")]
    [InlineData(-0.4, 10.2, "0 2 4 6 8 10")]
    [InlineData(-0.35, 0, "-0.3 -0.2 -0.1 0")]
    [InlineData(0.1, 0.75, "0.2 0.4 0.6")]
    [InlineData(0, 1.3, "0 0.25 0.50 0.75 1.00 1.25")]
    [InlineData(-1200, 3400, "-1,000 0 1,000 2,000 3,000")]
    [InlineData(9_999_990, 9_999_999, "9,999,990 9,999,992 9,999,994 9,999,996 9,999,998")]
    [InlineData(0, 32_000_000, "0 10 M 20 M 30 M")]
    [InlineData(-4e10, 0, "-40 B -30 B -20 B -10 B 0")]
    [InlineData(1e13, 1.4e13, "10 T 11 T 12 T 13 T 14 T")]
    [InlineData(0, 3e20, "0 1e20 2e20 3e20")]
    [InlineData(0, 1.1e-13, "0 2e-14 4e-14 6e-14 8e-14 1e-13")]
    [InlineData(10.0001, 10.00034, "10.00010 10.00015 10.00020 10.00025 10.00030")]
    public void Numbers_by_hand(double low, double high, string labels)
    {
        var axis = AxisTicks.ForNumbers(low, high);

        Assert.Equal(labels, string.Join(' ', axis.Ticks.Select(tick => tick.Text)));
        Assert.Equal((low, high), (axis.Low, axis.High));
    }

    [Theory]
    [InlineData(10, 9.5, 10.5)]
    [InlineData(-2, -2.1, -1.9)]
    [InlineData(0, -1, 1)]
    [InlineData(1e-250, -1, 1)]
    public void A_flat_line_has_room_on_both_sides(double value, double low, double high)
    {
        var axis = AxisTicks.ForNumbers(value, value);

        Assert.Equal((low, high), (axis.Low, axis.High));
        Assert.Equal(0.5, axis.Share(value), 9);
    }

    [Fact]
    public void The_noise_of_sums_is_flat_too() =>
        Assert.Equal((9.5, 10.5), AxisTicks.ForNumbers(10, Math.BitIncrement(10)) is var axis ? (axis.Low, Math.Round(axis.High, 9)) : default);

    [Fact]
    public void Ticks_are_round_few_different_and_inside()
    {
        var numbers = from digits in Gen.Choose(-999_999, 999_999) from power in Gen.Choose(-30, 30) select digits * Math.Pow(10, power);
        var cases = from a in numbers from b in Gen.OneOf(numbers, Gen.Choose(-100, 100).Select(permille => a * (1 + (permille / 1000.0)))) from most in Gen.Choose(5, 12) select (low: Math.Min(a, b), high: Math.Max(a, b), most);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var axis = AxisTicks.ForNumbers(given.low, given.high, given.most);

            Assert.InRange(axis.Ticks.Length, 2, given.most);
            Assert.All(axis.Ticks, tick => Assert.InRange(tick.At, axis.Low, axis.High));
            Assert.All(axis.Ticks.Zip(axis.Ticks.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At && pair.First.Text != pair.Second.Text));
            Assert.All(axis.Ticks, tick => Assert.Equal(tick.At, Parsed(tick.Text), Math.Abs(tick.At) * 1e-12));
            Assert.True(axis.Low <= given.low && given.high <= axis.High);
        }));
    }

    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(double.NaN, 0)]
    [InlineData(1, 0)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(-1e301, 0)]
    public void What_no_axis_can_show_is_refused(double low, double high) =>
        Assert.Throws<ArgumentException>(() => AxisTicks.ForNumbers(low, high));

    [Theory]
    [InlineData("2026-01-05T03:20", "2026-01-05T03:20", "01-05 03:20")]
    [InlineData("2026-01-05T03:20:07", "2026-01-05T03:20:09", "01-05 03:20")]
    [InlineData("2026-01-05T03:00", "2026-01-05T04:00", "01-05 03:00|03:15|03:30|03:45|04:00")]
    [InlineData("2026-01-05T20:30", "2026-01-06T09:00", "22:00|01-06|02:00|04:00|06:00|08:00")]
    [InlineData("2026-01-05", "2026-01-08", "01-05|12:00|01-06|12:00|01-07|12:00|01-08", 7)]
    [InlineData("2026-01-05", "2026-01-08", "01-05|01-06|01-07|01-08")]
    [InlineData("2026-01-01", "2026-01-31", "01-05|01-12|01-19|01-26")]
    [InlineData("2025-12-10", "2026-02-01", "12-22|01-05|01-19")]
    [InlineData("2026-01-01", "2026-06-20", "2026-01|2026-02|2026-03|2026-04|2026-05|2026-06")]
    [InlineData("2026-01-01T00:00:01", "2027-01-01", "2026-03|2026-05|2026-07|2026-09|2026-11|2027-01")]
    [InlineData("2019-06-01", "2026-06-01", "2020|2022|2024|2026")]
    [InlineData("0001-01-01", "9999-12-31", "2000|4000|6000|8000")]
    public void Times_by_hand(string from, string to, string labels, int most = 6) =>
        Assert.Equal(labels, string.Join('|', AxisTicks.ForTimes(Utc(from), Utc(to), most).Select(tick => tick.Text)));

    [Fact]
    public void Weeks_begin_with_Mondays() =>
        Assert.All(AxisTicks.ForTimes(Utc("2026-03-01"), Utc("2026-04-01")), tick => Assert.Equal(DayOfWeek.Monday, tick.At.DayOfWeek));

    [Fact]
    public void Times_are_few_inside_and_evenly_spread()
    {
        var cases =
            from second in Gen.Choose(0, int.MaxValue)
            from power in Gen.Choose(0, 9)
            from digits in Gen.Choose(0, 9_999)
            from most in Gen.Choose(2, 12)
            select (start: DateTime.UnixEpoch.AddSeconds(second), length: TimeSpan.FromSeconds(Math.Min(digits * Math.Pow(10, power - 4), 2e9)), most);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var to = given.start + given.length;
            var ticks = AxisTicks.ForTimes(given.start, to, given.most);

            Assert.InRange(ticks.Length, 1, given.most);
            Assert.All(ticks, tick => Assert.InRange(tick.At, given.start, to));
            Assert.All(ticks, tick => Assert.Equal(DateTimeKind.Utc, tick.At.Kind));
            var distances = ticks.Zip(ticks.Skip(1), (one, next) => next.At - one.At).ToArray();
            if (distances.Length > 1)
                Assert.InRange(distances.Max() / distances.Min(), 1, 31 / 28.0 + 1e-9); // months differ
        }));
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text), DateTimeKind.Utc);

    private static double Parsed(string label) => label[^1] switch
    {
        'M' => 1e6 * double.Parse(label[..^2]),
        'B' => 1e9 * double.Parse(label[..^2]),
        'T' => 1e12 * double.Parse(label[..^2]),
        _ => double.Parse(label),
    };
}
