using System.Globalization;
using WallTrack.Dashboard.Charts;

namespace WallTrack.Dashboard.Backtests;

/// <summary>How curves are looked at. It lives in the address.</summary>
/// <param name="Zoom">Null for the whole window.</param>
/// <param name="IsPercent">In percent of the start rather than in SOL.</param>
public readonly record struct CurveView(TimeRange? Zoom, bool IsPercent)
{
    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>What cannot be read means the whole window.</summary>
    public static CurveView Of(string? from, string? to, string? unit) =>
        new(Time(from) is { } start && Time(to) is { } end && start < end ? new TimeRange(start, end) : null, unit == "percent");

    /// <summary>For the address; null where nothing need be said.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>
    {
        ["from"] = Zoom?.From.ToString(Format, CultureInfo.InvariantCulture),
        ["to"] = Zoom?.To.ToString(Format, CultureInfo.InvariantCulture),
        ["unit"] = IsPercent ? "percent" : null,
    };

    private static DateTime? Time(string? text) =>
        DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
