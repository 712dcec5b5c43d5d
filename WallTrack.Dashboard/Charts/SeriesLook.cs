namespace WallTrack.Dashboard.Charts;

/// <summary>What tells series apart: colour, and stroke or shape besides.</summary>
/// <remarks>
/// Ten colours go with three strokes and with seven shapes: the numbers have no common factor, so the first 30 curves and the
/// first 70 dots all look different.
/// </remarks>
internal static class SeriesLook
{
    private const int Colours = 10;
    private const int Strokes = 3;

    /// <summary>In a box of 10 × 10 around the origin.</summary>
    private static readonly string[] Shapes =
    [
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", // circle
        "M-4-4h8v8h-8z", // square
        "M0-5l5 9h-10z", // triangle
        "M0-5l5 5-5 5-5-5z", // diamond
        "M0 5l5-9h-10z", // triangle, upside down
        "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z", // plus
        "M-5-3l2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z", // cross
    ];

    public static string LineClass(int colourIndex) => $"{ColourClass(colourIndex)} dash-{colourIndex % Strokes}";

    public static string ColourClass(int colourIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(colourIndex);
        return $"series-{colourIndex % Colours}";
    }

    /// <summary>An SVG path.</summary>
    public static string Shape(int colourIndex) => Shapes[colourIndex % Shapes.Length];
}
