using System.Globalization;

namespace WallTrack.Tests.History;

/// <summary>Instants as files write them.</summary>
public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01t12:00:00z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01 12:00:00", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01 12:00", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01", "2026-07-01T00:00:00Z")]
    [InlineData("  2026-07-01  ", "2026-07-01T00:00:00Z")]
    [InlineData("2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-07-01T12:00:00-05:30", "2026-07-01T17:30:00Z")]
    [InlineData("2026-07-01T12:00:00+0200", "2026-07-01T10:00:00Z")]
    [InlineData("2025-10-03 18:00:00-06", "2025-10-04T00:00:00Z")]
    [InlineData("2025-12-31T23:30:00-01:00", "2026-01-01T00:30:00Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    public void ISO_8601_is_read_as_UTC(string text, string instant) => Reads(text, instant);

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("1782611394", "2026-06-28T01:49:54Z")]
    [InlineData("1782611394.5", "2026-06-28T01:49:54.5Z")]
    [InlineData("1782611394123", "2026-06-28T01:49:54.123Z")]
    [InlineData("1782611394123.25", "2026-06-28T01:49:54.12325Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39Z")]
    [InlineData("100000000000", "1973-03-03T09:46:40Z")]
    public void Unix_seconds_and_milliseconds_are_told_apart_by_magnitude(string text, string instant) => Reads(text, instant);

    [Theory]
    [InlineData("2026-07-01T12:00:00.1234567Z", "2026-07-01T12:00:00.123456Z")]
    [InlineData("2026-07-01T12:00:00.123456789Z", "2026-07-01T12:00:00.123456Z")]
    [InlineData("2026-07-01T12:00:00.9999999Z", "2026-07-01T12:00:00.999999Z")]
    [InlineData("1782611394.1234567", "2026-06-28T01:49:54.123456Z")]
    [InlineData("1782611394123.4567", "2026-06-28T01:49:54.123456Z")]
    [InlineData("1782611394.9999999999", "2026-06-28T01:49:54.999999Z")]
    public void What_is_finer_than_a_microsecond_is_cut_off(string text, string instant) => Reads(text, instant);

    // With more than seven decimals the framework rounds to the nearest 100 ns before we cut, so nanoseconds can round up.
    [Theory]
    [InlineData("2026-07-01T12:00:00.123456999Z", "2026-07-01T12:00:00.123456Z")]
    [InlineData("2026-07-01T12:00:00.999999999Z", "2026-07-01T12:00:00.999999Z")]
    public void Nanoseconds_are_cut_off_too(string text, string instant) => Reads(text, instant);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("07/01/2026")]
    [InlineData("01-07-2026")]
    [InlineData("8/30/2025 20:44")]
    [InlineData("00:00.0")]
    [InlineData("1e9")]
    [InlineData("1.78E+12")]
    [InlineData("-06")]
    [InlineData("-1")]
    [InlineData("+1782611394")]
    [InlineData("1,782,611,394")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("2026-07-01T25:00:00Z")]
    [InlineData("2026-07-01T12:00:00+25:00")]
    [InlineData("2026-07-01T12:00:00Z+01:00")]
    [InlineData("2026-07")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    [InlineData("1782611394123456")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("٢٠٢٦-07-01")]
    [InlineData("yesterday")]
    [InlineData("Wed 2026-07-01")]
    public void Other_texts_are_refused(string text)
    {
        Assert.False(Instant.TryParse(text, out var instant));
        Assert.Equal(default, instant);
    }

    [Fact]
    public void Every_microsecond_is_written_and_read_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var instant = DateTime.UnixEpoch.AddMicroseconds(random.NextInt64(4_000_000_000_000_000) - 1_000_000_000_000_000);

            Assert.True(Instant.TryParse(Instant.Text(instant), out var read));
            Assert.Equal((instant.Ticks, DateTimeKind.Utc), (read.Ticks, read.Kind));
            Assert.EndsWith("Z", Instant.Text(instant), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unix_milliseconds_agree_with_the_framework()
    {
        var random = new Random(2);
        for (var i = 0; i < 10_000; i++)
        {
            var milliseconds = random.NextInt64(100_000_000_000, 9_000_000_000_000);

            Assert.True(Instant.TryParse(milliseconds.ToString(CultureInfo.InvariantCulture), out var read));
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime, read);
        }
    }

    private static void Reads(string text, string instant)
    {
        Assert.True(Instant.TryParse(text, out var read));
        Assert.Equal(instant, Instant.Text(read));
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }
}
