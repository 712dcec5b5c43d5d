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
}
