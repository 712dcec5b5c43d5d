namespace WallTrack.Notifications;

/// <summary>
/// Says that something changed, after it was stored, and no more: who hears re-reads, who misses it polls. Hearing is
/// called on the ringer's thread and must be short.
/// </summary>
public sealed class Bell
{
    private event Action<Guid>? Heard;

    public void Ring(Guid subject) => Heard?.Invoke(subject);

    /// <returns>Ends the listening when disposed.</returns>
    public IDisposable Listen(Action<Guid> hear)
    {
        Heard += hear;
        return new Listening(this, hear);
    }

    private sealed class Listening(Bell bell, Action<Guid> hear) : IDisposable
    {
        public void Dispose() => bell.Heard -= hear;
    }
}
