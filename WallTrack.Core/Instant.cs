using System.Globalization;

namespace WallTrack;

/// <summary>Instants as files write them. In memory they are UTC <see cref="DateTime"/>, cut to whole microseconds.</summary>
public static class Instant
{
    private const long TicksPerMicrosecond = 10;
    private const double MillisecondsFrom = 1e11; // Unix seconds reach this in the year 5138, Unix milliseconds passed it in 1973

    private static readonly double LatestUnixSeconds = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds - 1;

    /// <summary>
    /// ISO 8601 with offset or Z (without: UTC), or Unix seconds, or Unix milliseconds, the last two told apart by
    /// magnitude.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime instant)
    {
        text = text.Trim();
        if (text.Length >= 8 && text[4..].Contains('-') && TryParseIso(text, out instant))
        {
            return true;
        }

        instant = default;
        return !text.IsEmpty
            && !text.ContainsAnyExcept("0123456789.")
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var unix)
            && TryFromUnix(unix, text, out instant);
    }

    /// <summary>ISO 8601 with Z and as many decimals as it takes.</summary>
    public static string Text(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryParseIso(ReadOnlySpan<char> text, out DateTime instant)
    {
        // Parsing would round the tenth of a microsecond; instants are cut.
        scoped var whole = text;
        Span<char> cut = stackalloc char[64];
        var point = text.LastIndexOf('.');
        if (point > 10 && text.Length <= cut.Length)
        {
            var decimals = text[(point + 1)..].IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length - point - 1;
            if (decimals > 6)
            {
                text[..(point + 7)].CopyTo(cut);
                text[(point + 1 + decimals)..].CopyTo(cut[(point + 7)..]);
                whole = cut[..(text.Length - decimals + 6)];
            }
        }

        // Only a date that starts with a four-digit year: "07/01/2026" means two different days.
        if (DateTimeOffset.TryParse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            && !whole[..4].ContainsAnyExceptInRange('0', '9') && whole[4] == '-')
        {
            instant = Whole(parsed.UtcDateTime);
            return true;
        }

        instant = default;
        return false;
    }

    private static bool TryFromUnix(double unix, ReadOnlySpan<char> text, out DateTime instant)
    {
        instant = default;
        var seconds = unix >= MillisecondsFrom ? unix / 1000 : unix;
        if (!(seconds <= LatestUnixSeconds))
        {
            return false;
        }

        // decimal keeps the microseconds that a double of this size would blur
        var exact = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) / (unix >= MillisecondsFrom ? 1000 : 1);
        instant = Whole(DateTime.UnixEpoch.AddTicks((long)(exact * TimeSpan.TicksPerSecond)));
        return true;
    }

    /// <summary>Cut to whole microseconds, which is what every database keeps.</summary>
    internal static DateTime Whole(DateTime instant) => new(instant.Ticks - (instant.Ticks % TicksPerMicrosecond), DateTimeKind.Utc);
}
