using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

public sealed class CrossingsTests
{
    private const int SignalsWithRowsOfTheirOwn = 1 << 17;

    [Fact]
    public void Signals_that_share_a_row_are_told_apart()
    {
        var crossings = new Crossings(signals: 3 * SignalsWithRowsOfTheirOwn);
        var level = crossings.NumberOf(new(true, 2, 100, 0));

        crossings.Remember(level, 7, bar: 42);

        Assert.True(crossings.Knows(level, 7, out var bar));
        Assert.Equal(42, bar);
        Assert.False(crossings.Knows(level, 7 + SignalsWithRowsOfTheirOwn, out _));

        crossings.Remember(level, 7 + SignalsWithRowsOfTheirOwn, bar: 43);
        Assert.False(crossings.Knows(level, 7, out _)); // the same place
    }

    [Fact]
    public void Levels_that_share_a_place_are_told_apart()
    {
        var crossings = new Crossings(signals: 10);
        var numbers = Enumerable.Range(0, 40).Select(i => crossings.NumberOf(new(true, 1.1 + i, 100, 0))).ToArray();

        foreach (var number in numbers)
            crossings.Remember(number, 3, bar: number);

        Assert.Equal(40, numbers.Distinct().Count());
        Assert.Equal(16, numbers.Count(number => crossings.Knows(number, 3, out var bar) && bar == number));
        Assert.All(numbers, number => Assert.True(!crossings.Knows(number, 3, out var bar) || bar == number));
    }

    [Fact]
    public void Nothing_is_known_at_first()
    {
        var crossings = new Crossings(signals: 10);

        Assert.False(crossings.Knows(crossings.NumberOf(new(true, 2, 100, 0)), 0, out _));
    }

    [Fact]
    public void Too_many_levels_start_a_table_of_their_own()
    {
        var simulator = new Simulator(SmallHistory.Window);
        var first = simulator.LevelsOf(Rules(0));
        var last = first;
        for (var i = 1; i < 40_000; i++)
            last = simulator.LevelsOf(Rules(i));

        Assert.NotSame(first.Crossings, last.Crossings);
        Assert.InRange(last.Stop, 1, Crossings.MostLevels);
        Assert.InRange(last.Crossings.LevelCount, 1, Crossings.MostLevels);
    }

    private static ExitRules Rules(int i) =>
        ExitRules.Of(Tape.Plain(draft => (draft.StopLoss, draft.TakeProfits) = (0.1 + (i * 1e-6), [new(1.1 + (i * 1e-6), 1)])));
}
