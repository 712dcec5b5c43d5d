namespace WallTrack.Dashboard.Live;

/// <summary>How long this server has been running.</summary>
internal sealed class Uptime(TimeProvider time)
{
    private readonly long _startTimestamp = time.GetTimestamp();

    public DateTimeOffset StartedUtc { get; } = time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_startTimestamp);
}
