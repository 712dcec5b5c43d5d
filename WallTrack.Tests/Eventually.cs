namespace WallTrack.Tests;

internal static class Eventually
{
    /// <summary>Returns once the condition holds.</summary>
    /// <param name="otherwise">What the test fails with when it does not.</param>
    /// <param name="patience">How long that may take; null: a minute.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string otherwise, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, otherwise);
            await Task.Delay(20);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task TrueAsync(Func<bool> condition, string otherwise, TimeSpan? patience = null) =>
        TrueAsync(() => Task.FromResult(condition()), otherwise, patience);
}
