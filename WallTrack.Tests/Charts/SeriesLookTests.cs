using WallTrack.Dashboard.Charts;

namespace WallTrack.Tests.Charts;

public sealed class SeriesLookTests
{
    [Fact]
    public void Thirty_curves_and_seventy_dots_all_look_different()
    {
        Assert.Equal(30, Enumerable.Range(0, 30).Select(SeriesLook.LineClass).Distinct().Count());
        Assert.Equal(70, Enumerable.Range(0, 70).Select(index => SeriesLook.ColourClass(index) + SeriesLook.Shape(index)).Distinct().Count());
    }

    [Fact]
    public void Those_of_one_colour_differ_in_stroke_and_in_shape()
    {
        Assert.Equal(SeriesLook.ColourClass(3), SeriesLook.ColourClass(13));
        Assert.NotEqual(SeriesLook.LineClass(3), SeriesLook.LineClass(13));
        Assert.NotEqual(SeriesLook.Shape(3), SeriesLook.Shape(13));
    }

    [Fact]
    public void There_is_no_index_below_0() => Assert.Throws<ArgumentOutOfRangeException>(() => SeriesLook.LineClass(-1));
}
