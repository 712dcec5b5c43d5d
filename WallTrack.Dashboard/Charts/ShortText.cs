namespace WallTrack.Dashboard.Charts;

/// <summary>Long names in little room. Addresses and names of variants differ at their ends, so it is the middle that goes.</summary>
internal static class ShortText
{
    /// <param name="most">Characters, at least 4.</param>
    public static string Middle(string text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        if (text.Length <= most)
            return text;
        var tail = most / 3;
        var (head, end) = (most - tail - 1, text.Length - tail);
        // Half of a pair of surrogates would show as a box.
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        end += char.IsLowSurrogate(text[end]) ? 1 : 0;
        return $"{text[..head]}…{text[end..]}";
    }
}
