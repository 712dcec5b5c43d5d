using WallTrack.History;

namespace WallTrack.Tests.History;

public sealed class BarCodecTests
{
    private static readonly DateOnly Day = new(2026, 7, 1);
    private static readonly DateTime Midnight = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Every_bit_of_random_bars_comes_back()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var bars = RandomBars(random);
            var (data, _) = BarCodec.Encode(bars, Day, Minute);

            Assert.Equal(bars.Select(Bits), BarCodec.Decode(data, bars.Length, Day, Minute).Select(Bits));
        }
    }

    [Fact]
    public void Extremes_come_back()
    {
        Bar[] bars =
        [
            new(Midnight, double.Epsilon, double.MaxValue, double.Epsilon, 1, 0),
            new(Midnight.AddTicks(10), 1e-12, 1e5, 1e-12, 0.1 + 0.2, double.MaxValue),
            new(Midnight.AddHours(23.9999), 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, -0.0),
        ];
        var (data, _) = BarCodec.Encode(bars, Day, Minute);

        Assert.Equal(bars.Select(Bits), BarCodec.Decode(data, bars.Length, Day, Minute).Select(Bits));
    }

    [Fact]
    public void Equal_bars_have_equal_hashes_and_others_have_others()
    {
        var bars = RandomBars(new Random(2));
        var changed = bars.ToArray();
        changed[^1] = changed[^1] with { Close = Math.BitIncrement(changed[^1].Close) };

        Assert.Equal(BarCodec.Encode(bars, Day, Minute).Hash, BarCodec.Encode([.. bars], Day, Minute).Hash);
        Assert.NotEqual(BarCodec.Encode(bars, Day, Minute).Hash, BarCodec.Encode(changed, Day, Minute).Hash);
    }

    [Fact]
    public void Decimals_take_few_bytes()
    {
        var token = new MadeUpHistory(new() { Signals = 1, Tokens = 1, Days = 3, BarHours = 24 }).Tokens().First();
        var day = DateOnly.FromDateTime(token.Bars[0].OpenTime);
        var bars = token.Bars.TakeWhile(bar => DateOnly.FromDateTime(bar.OpenTime) == day).ToArray();

        Assert.InRange(BarCodec.Encode(bars, day, Minute).Data.Length / (double)bars.Length, 5, 24);
    }

    [Fact]
    public void Damage_is_noticed()
    {
        var bars = RandomBars(new Random(3));
        var (data, _) = BarCodec.Encode(bars, Day, Minute);

        Assert.Throws<InvalidDataException>(() => BarCodec.Decode(data.AsSpan(0, data.Length / 2), bars.Length, Day, Minute));
        Assert.Throws<InvalidDataException>(() => BarCodec.Decode(data, bars.Length + 1, Day, Minute));
        Assert.Throws<InvalidDataException>(() => BarCodec.Decode([], bars.Length, Day, Minute));
    }

    private static Bar[] RandomBars(Random random)
    {
        var decimals = random.Next(-1, 13);
        double Price() => decimals < 0 ? random.NextDouble() * Math.Pow(10, random.Next(-12, 6)) : Math.Max(Math.Round(random.NextDouble() * 100, decimals), Math.Pow(10, -decimals));
        var minute = 0;
        return [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
        {
            var prices = new[] { Price(), Price(), Price(), Price() }.Order().ToArray();
            minute += random.Next(1, 5);
            return new Bar(Midnight.AddMinutes(minute), prices[1], prices[3], prices[0], prices[2], random.Next(3) == 0 ? 0 : Math.Round(random.NextDouble() * 1e6, random.Next(0, 9)));
        })];
    }

    private static string Bits(Bar bar) =>
        $"{bar.OpenTime.Ticks} {bar.OpenTime.Kind} {string.Join(' ', new[] { bar.Open, bar.High, bar.Low, bar.Close, bar.Volume }.Select(BitConverter.DoubleToInt64Bits))}";
}
