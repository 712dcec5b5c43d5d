using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;
using WallTrack.Tests.Scenarios;

namespace WallTrack.Tests.ScenariosPage;

public sealed class ExitLevelsTests
{
    [Fact]
    public void Levels_stand_from_the_highest_price_to_the_lowest()
    {
        var shape = ExitLevels.Of(new() { MoonbagStopLoss = 0.9 });

        Assert.Equal(
        [
            (3, "take-profit 2: sell 33 %"), (2, "take-profit 1: sell 33 %"), (2, "trailing stop wakes"), (1.4, "trailing stop, at first"),
            (1, "entry"), (0.5, "stop loss"), (0.1, "moonbag stop"),
        ], shape.Levels.Select(level => (level.Multiple, level.Words)));
        Assert.Equal(shape.Levels.Select(level => level.Y).Order(), shape.Levels.Select(level => level.Y));
    }

    [Fact]
    public void Doubling_is_drawn_as_long_as_halving()
    {
        var levels = ExitLevels.Of(new() { TakeProfits = [new(2, 0.5)], TrailingEnabled = false }).Levels;
        double Y(ExitLevelKind kind) => levels.Single(level => level.Kind == kind).Y;

        Assert.Equal(Y(ExitLevelKind.Stop) - Y(ExitLevelKind.Entry), Y(ExitLevelKind.Entry) - Y(ExitLevelKind.TakeProfit), 9);
    }

    [Fact]
    public void What_is_held_shrinks_with_each_level_down_to_the_moonbag()
    {
        var shape = ExitLevels.Of(new() { TakeProfits = [new(2, 0.3), new(3, 0.2)], Moonbag = 0.25 });

        Assert.Equal([0.75, 0.45, 0.25], shape.Held.Select(held => held.Share));
        Assert.Equal(0.25, shape.Moonbag);
        Assert.Equal(shape.Held.Skip(1).Select(held => held.Bottom), shape.Held.SkipLast(1).Select(held => held.Top));
    }

    [Fact]
    public void Labels_never_lie_on_each_other_or_outside()
    {
        foreach (var scenario in RandomScenarios.Take(500, seed: 9))
        {
            var shape = ExitLevels.Of(scenario.ToDraft());
            var labels = shape.Levels.Select(level => level.LabelY).ToList();

            Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First >= ExitLevels.LabelGap - 1e-6, $"{pair}"));
            Assert.All(labels.Concat(shape.Levels.Select(level => level.Y)), y => Assert.InRange(y, 0, shape.Height));
            Assert.All(shape.Held, held => Assert.True(held.Bottom >= held.Top && held.Share > 0, $"{held}"));
        }
    }

    [Fact]
    public void What_is_not_legal_yet_is_left_out()
    {
        var shape = ExitLevels.Of(new()
        {
            StopLoss = double.NaN,
            TakeProfits = [new(double.NaN, 0.1), new(2, double.NaN), new(0.5, 0.1), new(double.PositiveInfinity, 0.1)],
            TrailingDistance = 2,
            Moonbag = 7,
            MoonbagStopLoss = -1,
        });

        Assert.Equal("entry", Assert.Single(shape.Levels).Words);
        Assert.All(shape.Held, held => Assert.True(double.IsFinite(held.Top + held.Bottom + held.Share)));
    }

    [Fact]
    public void A_stop_at_nothing_stands_at_the_bottom()
    {
        var shape = ExitLevels.Of(new() { StopLoss = 1 });

        Assert.Equal(0, shape.Levels[^1].Multiple);
        Assert.True(double.IsFinite(shape.Levels[^1].Y));
    }

    [Fact]
    public void The_words_say_what_the_picture_shows() => Assert.Equal(
    [
        "At 0.5× the stop loss sells everything, except a moonbag that is already kept.",
        "Take-profit 1 sells 30 % at 2×.",
        "Once the price has reached 2×, a trailing stop follows 30 % below the peak, at first at 1.4×.",
        "20 % is kept as a moonbag once a take-profit has filled; it is sold at 0.1×.",
        "50 % has no take-profit and waits for a stop, the maximum hold or the end.",
        "After 24 h everything but a kept moonbag is sold.",
    ], ScenarioWords.Exit(new() { TakeProfits = [new(2, 0.3)], Moonbag = 0.2, MoonbagStopLoss = 0.9, MaxHoldHours = 24 }));

    [Fact]
    public void The_words_of_a_plain_exit_are_few() => Assert.Equal(
        ["At 0.8× the stop loss sells everything.", "Take-profit 1 sells 100 % at 1.5×."],
        ScenarioWords.Exit(new() { StopLoss = 0.2, TakeProfits = [new(1.5, 1)], TrailingEnabled = false, Moonbag = 0 }));
}
