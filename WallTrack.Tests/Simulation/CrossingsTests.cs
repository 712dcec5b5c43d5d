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

        crossings[level, 7] = new(Crossing.Pair(level, 7), Bar: 42);

        Assert.Equal(Crossing.Pair(level, 7), crossings[level, 7].Of);
        Assert.Equal(42, crossings[level, 7 + SignalsWithRowsOfTheirOwn].Bar); // the same place
        Assert.NotEqual(Crossing.Pair(level, 7 + SignalsWithRowsOfTheirOwn), crossings[level, 7 + SignalsWithRowsOfTheirOwn].Of);
    }

    [Fact]
    public void Levels_that_share_a_place_are_told_apart()
    {
        var crossings = new Crossings(signals: 10);
        var numbers = Enumerable.Range(0, 40).Select(i => crossings.NumberOf(new(true, 1.1 + i, 100, 0))).ToArray();

        foreach (var number in numbers)
            crossings[number, 3] = new(Crossing.Pair(number, 3), Bar: number);

        Assert.Equal(40, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.True(crossings[number, 3].Of != Crossing.Pair(number, 3) || crossings[number, 3].Bar == number));
    }

    [Fact]
    public void Numbering_anew_forgets_what_was_remembered()
    {
        var crossings = new Crossings(signals: 10);
        var first = crossings.NumberOf(new(true, 2, 100, 0));
        crossings[first, 3] = new(Crossing.Pair(first, 3), Bar: 42);

        for (var i = 0; i < ushort.MaxValue; i++)
        {
            crossings.MakeRoomFor(1);
            crossings.NumberOf(new(false, i, 100, 0));
        }

        Assert.All(Enumerable.Range(1, 100), number => Assert.Equal(0, crossings[number, 3].Of));
    }
}
