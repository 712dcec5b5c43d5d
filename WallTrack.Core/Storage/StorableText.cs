using System.Text;

namespace WallTrack.Storage;

/// <summary>
/// Text from elsewhere as both products can store it, in columns and in JSON: PostgreSQL knows neither the character
/// U+0000 nor half of a surrogate pair. Both become U+FFFD, as decoders do.
/// </summary>
internal static class StorableText
{
    public static bool IsStorable(string text) => Of(text) == text;

    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
