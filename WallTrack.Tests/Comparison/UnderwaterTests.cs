using FsCheck;
using FsCheck.Fluent;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Tests.Comparison;

public sealed class UnderwaterTests
{
    [Fact]
    public void By_hand() =>
        Assert.Equal([0, 0, -0.25, 0, -0.5, -1.5], Underwater.Of([4, 8, 6, 10, 5, -5])!);

    [Fact]
    public void An_account_that_starts_with_nothing_has_none()
    {
        Assert.Null(Underwater.Of([0, 1, 2]));
        Assert.Null(Underwater.Of([-1, 1, 2]));
        Assert.Null(Underwater.Of([]));
    }

    [Fact]
    public void Its_lowest_point_is_the_maximum_drawdown() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(-30, 100).Select(value => value / 3.0).ListOf(49).ToArbitrary(), later =>
        {
            var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            double[] equity = [10, .. later];

            Assert.Equal(Metrics.Of(0, 10, [], equity, new HourGrid(start, start.AddHours(49))).MaxDrawdown, -Underwater.Of(equity)!.Min());
        }));
}
