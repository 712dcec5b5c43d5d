using WallTrack.Dashboard.Live;

namespace WallTrack.Tests.Live;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 m 00 s")]
    [InlineData(125, "2 m 05 s")]
    [InlineData(3_600, "1 h 00 m")]
    [InlineData(86_399, "23 h 59 m")]
    [InlineData(86_400, "1 d 00 h")]
    [InlineData(40 * 86_400 + 5 * 3_600, "40 d 05 h")]
    public void Shows_the_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Refuses_a_negative_duration() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DurationText.Of(TimeSpan.FromTicks(-1)));
}
