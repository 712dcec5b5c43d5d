using WallTrack.Batches;

namespace WallTrack.Tests.Batches;

public sealed class TurnsContractTests
{
    private static readonly Guid One = new(1, 0, 0, new byte[8]);
    private static readonly Guid Two = new(2, 0, 0, new byte[8]);

    [Fact]
    public async Task No_more_turns_are_given_than_there_are_cores()
    {
        var turns = new Turns(2);
        var first = await Take(turns, One);
        await Take(turns, One);
        var third = Take(turns, One);

        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose(); // a second time is nothing
        await third;
        Assert.False(Take(turns, One).IsCompleted);
    }

    [Fact]
    public async Task No_batch_has_more_turns_than_workers_and_the_rest_go_to_others()
    {
        var turns = new Turns(3);
        await Take(turns, One, most: 1);
        var second = Take(turns, One, most: 1);

        await Take(turns, Two);
        await Take(turns, Two);

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_free_turn_goes_to_the_batch_that_has_the_fewest()
    {
        var turns = new Turns(2);
        var held = new[] { await Take(turns, One), await Take(turns, One) };
        var (older, younger) = (Take(turns, One), Take(turns, Two));

        held[0].Dispose();

        await younger;
        Assert.False(older.IsCompleted);
        held[1].Dispose();
        await older;
    }

    [Fact]
    public async Task All_have_begun_when_the_last_to_whom_a_turn_was_given_says_so_or_goes()
    {
        var turns = new Turns(2);
        Assert.True(turns.AllBegun.IsCompleted);
        var (first, second) = (await Take(turns, One), await Take(turns, Two));
        var (third, begun) = (Take(turns, One), turns.AllBegun);

        first.Begin();
        first.Begin(); // a second time is nothing
        Assert.False(begun.IsCompleted);
        second.Dispose(); // and the third has its turn before it knows
        Assert.False(begun.IsCompleted);
        (await third).Begin();

        await begun;
        Assert.True(turns.AllBegun.IsCompleted);
    }

    [Fact]
    public async Task Who_is_alone_waits_for_all_others_and_keeps_all_others_out()
    {
        var turns = new Turns(4);
        var held = new[] { await Take(turns, One), await Take(turns, Two) };
        var alone = Take(turns, One, alone: true);
        var later = Take(turns, Two);

        held[0].Dispose();
        Assert.False(alone.IsCompleted || later.IsCompleted);
        held[1].Dispose();
        var turn = await alone;
        Assert.False(later.IsCompleted);
        turn.Dispose();
        await later;
    }

    [Fact]
    public async Task Who_stops_waiting_gets_no_turn_and_keeps_nobody_waiting()
    {
        var turns = new Turns(2);
        using var stop = new CancellationTokenSource();
        await Take(turns, One);
        var alone = turns.TakeAsync(Two, 9, alone: true, stop.Token);
        var later = Take(turns, One);
        Assert.False(later.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        (await later).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.TakeAsync(Two, 9, alone: true, stop.Token));
        await Take(turns, Two);
    }

    private static Task<Turns.Turn> Take(Turns turns, Guid batch, int most = 9, bool alone = false) => turns.TakeAsync(batch, most, alone, CancellationToken.None);
}
