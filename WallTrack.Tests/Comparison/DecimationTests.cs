using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.Comparison;

namespace WallTrack.Tests.Comparison;

public sealed class DecimationTests
{
    [Fact]
    public void By_hand()
    {
        // The ends, and of "5 1 9 4" and "2 2 8 0" between them the lowest and the highest, in order of time.
        Assert.Equal([0, 2, 3, 7, 8, 9], Decimation.MinMax([7, 5, 1, 9, 4, 2, 2, 8, 0, 6], 0, 10, most: 6));
        // The same curve from its third point to its last but one: "1 | 9 4 2 2 8 | 0".
        Assert.Equal([2, 3, 5, 8], Decimation.MinMax([7, 5, 1, 9, 4, 2, 2, 8, 0, 6], 2, 9, most: 4));
    }

    [Fact]
    public void Few_points_all_stay()
    {
        Assert.Equal([0, 1, 2, 3], Decimation.MinMax([1, 2, 3, 4], 0, 4, most: 4));
        Assert.Equal([2], Decimation.MinMax([1, 2, 3, 4], 2, 3, most: 4));
        Assert.Empty(Decimation.MinMax([1, 2], 1, 1, most: 4));
        Assert.Empty(Decimation.MinMax([], 0, 0, most: 4));
    }

    [Fact]
    public void A_flat_stretch_is_one_point() =>
        Assert.Equal([0, 1, 5, 9], Decimation.MinMax([3, 3, 3, 3, 3, 3, 3, 3, 3, 3], 0, 10, most: 6));

    [Fact]
    public void No_peak_and_no_trough_is_lost()
    {
        var cases =
            from curve in Gen.Choose(-50, 50).Select(value => value / 7.0).ListOf().Select(list => list.ToArray())
            from most in Gen.Choose(4, 20)
            from a in Gen.Choose(0, curve.Length)
            from b in Gen.Choose(0, curve.Length)
            select (curve, most, start: Math.Min(a, b), end: Math.Max(a, b));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(200), Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (curve, most, start, end) = given;
            var places = Decimation.MinMax(curve, start, end, most);

            Assert.InRange(places.Length, Math.Min(end - start, 1), most);
            Assert.Equal(places.Distinct().Order(), places);
            if (end == start)
                return;
            Assert.Equal((start, end - 1), (places[0], places[^1]));
            var (kept, all) = (places.Select(place => curve[place]).ToArray(), curve[start..end]);
            Assert.Equal((all.Min(), all.Max()), (kept.Min(), kept.Max()));

            // Nothing strays outside what is kept in its neighbourhood: at most a bucket away on either side.
            var reach = (end - start) / Math.Max(1, (most - 2) / 2) + 1;
            for (var place = start; place < end; place++)
            {
                var near = places.Where(other => Math.Abs(other - place) <= reach).Select(other => curve[other]).ToArray();
                Assert.InRange(curve[place], near.Min(), near.Max());
            }
        }));
    }

    [Fact]
    public void Ranges_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimation.MinMax([1, 2], 0, 2, most: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimation.MinMax([1, 2], 0, 3, most: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimation.MinMax([1, 2], -1, 2, most: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decimation.MinMax([1, 2], 2, 1, most: 4));
    }

    [Fact]
    public void Twenty_years_of_hours_take_no_time()
    {
        var curve = Enumerable.Range(0, 20 * 8_760).Select(hour => Math.Sin(hour)).ToArray();
        Decimation.MinMax(curve, 0, curve.Length, 800);
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(800, Decimation.MinMax(curve, 0, curve.Length, 800).Length);

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 0, 200); // about 1 ms
    }
}
