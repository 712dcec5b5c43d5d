using WallTrack.Batches;

namespace WallTrack.Tests.Batches;

public sealed class SharedReadsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SharedReads<string, int> _reads = new();
    private readonly List<TaskCompletionSource<int>> _started = [];
    private readonly SemaphoreSlim _starts = new(0);

    public void Dispose() => _starts.Dispose();

    [Fact]
    public async Task Who_asks_while_a_reading_is_under_way_shares_the_next_and_never_gets_the_earlier()
    {
        var first = AskAsync();
        await StartedAsync();
        var others = Enumerable.Range(0, 49).Select(_ => AskAsync()).ToList();
        _started[0].SetResult(1);

        Assert.Equal(1, await first.WaitAsync(Patience));
        await StartedAsync();
        Assert.DoesNotContain(others, other => other.IsCompleted);
        var late = AskAsync(); // the second reading has begun: what changed since is not in it
        _started[1].SetResult(2);

        Assert.All(await Task.WhenAll(others).WaitAsync(Patience), read => Assert.Equal(2, read));
        await StartedAsync();
        _started[2].SetResult(3);
        Assert.Equal(3, await late.WaitAsync(Patience));
        Assert.Equal(3, _started.Count);
    }

    [Fact]
    public async Task A_reading_that_fails_fails_those_who_shared_it_and_nobody_after_them()
    {
        var first = AskAsync();
        await StartedAsync();
        var second = AskAsync();
        _started[0].SetException(new InvalidOperationException("away"));

        Assert.Equal("away", (await Assert.ThrowsAsync<InvalidOperationException>(() => first.WaitAsync(Patience))).Message);
        await StartedAsync();
        _started[1].SetResult(2);
        Assert.Equal(2, await second.WaitAsync(Patience));
    }

    [Fact]
    public async Task Who_no_longer_waits_does_not_end_what_others_wait_for()
    {
        using var gone = new CancellationTokenSource();
        var first = AskAsync(gone.Token);
        await StartedAsync();
        var second = AskAsync();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
        _started[0].SetResult(1);
        await StartedAsync();
        _started[1].SetResult(2);
        Assert.Equal(2, await second.WaitAsync(Patience));
    }

    private Task<int> AskAsync(CancellationToken cancellation = default) => _reads.ReadAsync("page", () =>
    {
        var reading = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _started.Add(reading);
        _starts.Release();
        return reading.Task;
    }, cancellation);

    private async Task StartedAsync() => Assert.True(await _starts.WaitAsync(Patience));
}
