using WallTrack.Dashboard.Live;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.Live;

public sealed class PaceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly FakeTime _time = new();
    private readonly Pace _pace;
    private Task _act = Task.CompletedTask;
    private int _acts;

    public PaceTests() => _pace = new(_time, Interval, () =>
    {
        _acts++;
        return _act;
    });

    public void Dispose() => _pace.Dispose();

    [Fact]
    public void The_first_ring_is_answered_at_once()
    {
        _pace.Ring();
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(1, _acts);
    }

    [Fact]
    public void A_burst_is_answered_once_more_after_the_interval()
    {
        _pace.Ring();
        _time.Advance(TimeSpan.Zero);
        for (var ring = 0; ring < 1000; ring++)
            _pace.Ring();

        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _acts);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _acts);
        _time.Advance(10 * Interval);
        Assert.Equal(2, _acts);
    }

    [Fact]
    public async Task A_ring_during_a_slow_act_is_answered_after_it()
    {
        var slow = new TaskCompletionSource();
        _act = slow.Task;
        _pace.Ring();
        _time.Advance(TimeSpan.Zero);
        _pace.Ring();
        _time.Advance(10 * Interval);
        Assert.Equal(1, _acts);

        slow.SetResult();
        await slow.Task;
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(2, _acts);
    }

    [Fact]
    public void After_the_end_nothing_is_answered()
    {
        _pace.Ring();
        _pace.Dispose();
        _pace.Ring();
        _time.Advance(10 * Interval);

        Assert.Equal(0, _acts);
    }
}
