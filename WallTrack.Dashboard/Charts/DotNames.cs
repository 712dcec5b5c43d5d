namespace WallTrack.Dashboard.Charts;

/// <summary>Which dots have room for their name beside them, so that colour and shape are not all there is.</summary>
internal static class DotNames
{
    public const int MostLetters = 24;

    // Of the picture, in percent, on a screen of middling width; on a narrow one names may touch, but dots are never hidden.
    private const double LetterWidth = 1.1;
    private const double LineHeight = 5.5;
    private const double DotSize = 1.5;

    /// <summary>Names stand to the right of their dots, or to the left in the right half.</summary>
    public static bool IsLeft(PlacedDot dot) => dot.Left > 60;

    public static HashSet<PlacedDot> Of(IEnumerable<PlacedDot> dots)
    {
        var (all, named, taken) = (dots.ToList(), new HashSet<PlacedDot>(ReferenceEqualityComparer.Instance), new List<(double Left, double Right, double Top)>());
        var boxes = all.Select(dot => (Left: dot.Left - DotSize, Right: dot.Left + DotSize, dot.Top)).ToList();
        foreach (var dot in all.Where(dot => dot.Dot.ColourIndex is not null || dot.Dot.IsBaseline).Reverse())
        {
            var width = LetterWidth * Math.Min(dot.Dot.Name.Length, MostLetters);
            var box = IsLeft(dot) ? (Left: dot.Left - DotSize - width, Right: dot.Left - DotSize, dot.Top) : (Left: dot.Left + DotSize, Right: dot.Left + DotSize + width, dot.Top);
            if (box is { Left: < 0 } or { Right: > 100 } || boxes.Concat(taken).Any(other => other.Left < box.Right && box.Left < other.Right && Math.Abs(other.Top - box.Top) < LineHeight))
                continue;
            named.Add(dot);
            taken.Add(box);
        }

        return named;
    }
}
