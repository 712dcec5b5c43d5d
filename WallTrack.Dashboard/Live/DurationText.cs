namespace WallTrack.Dashboard.Live;

/// <summary>Durations as an operator reads them: the two largest units, "2 m 05 s".</summary>
internal static class DurationText
{
    /// <param name="duration">Zero or longer; parts of a second are dropped.</param>
    public static string Of(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return duration switch
        {
            { TotalMinutes: < 1 } => $"{duration.Seconds} s",
            { TotalHours: < 1 } => $"{duration.Minutes} m {duration.Seconds:00} s",
            { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes:00} m",
            _ => $"{duration.Days} d {duration.Hours:00} h",
        };
    }

    /// <summary>The same, with parts of a second below ten: "340 µs", "12 ms", "1.4 s".</summary>
    public static string OfShort(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 } => $"{duration.TotalMicroseconds:0} µs",
        { TotalSeconds: < 1 } => $"{Math.Floor(duration.TotalMilliseconds):0} ms",
        { TotalSeconds: < 10 } => $"{Math.Floor(duration.TotalSeconds * 10) / 10:0.0} s",
        _ => Of(duration),
    };
}
