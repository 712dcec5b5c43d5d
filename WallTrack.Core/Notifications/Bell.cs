namespace WallTrack.Notifications;

/// <summary>
/// Says that something changed, after it was stored, and no more: who hears re-reads, who misses it polls. Hearing is
/// called on the ringer's thread and must be short.
/// </summary>
public sealed class Bell
{
    private event Action<Guid>? Heard;

    private event Action<Guid>? Rung;

    /// <summary>The subject that is rung for when notices may have been missed: anything may have changed.</summary>
    public static Guid Anything => Guid.Empty;

    /// <summary>Something was changed by this process.</summary>
    public void Ring(Guid subject)
    {
        Heard?.Invoke(subject);
        Rung?.Invoke(subject);
    }

    /// <summary>Something was changed by another process.</summary>
    public void Echo(Guid subject) => Heard?.Invoke(subject);

    /// <returns>Ends the listening when disposed.</returns>
    public IDisposable Listen(Action<Guid> hear)
    {
        Heard += hear;
        return new Listening(() => Heard -= hear);
    }

    /// <summary>The same for what this process changed only.</summary>
    public IDisposable ListenToOwn(Action<Guid> hear)
    {
        Rung += hear;
        return new Listening(() => Rung -= hear);
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
