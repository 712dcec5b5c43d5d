namespace WallTrack.Dashboard.Charts;

/// <summary>Instants in charts, whose days are those of UTC.</summary>
internal static class UtcText
{
    public static string Of(DateTime time) => $"{OfMinute(time)} UTC";

    /// <summary>For places that say that they are in UTC.</summary>
    public static string OfMinute(DateTime time) => $"{time:yyyy-MM-dd HH:mm}";
}
