using System.Globalization;
using System.Text;
using WallTrack.Comparison;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>Curves as SVG paths in a box of <see cref="Width"/> × <see cref="Height"/>, stretched by the browser to any size.</summary>
/// <remarks>
/// Whole numbers, relative to the point before: 5 bytes a point over the circuit instead of 37. They are finer than the pixels
/// that they are drawn on.
/// </remarks>
internal static class CurvePath
{
    public const int Width = 2000;
    public const int Height = 1000;

    /// <summary>More could not be seen: a chart is about a thousand pixels wide.</summary>
    public const int MostPoints = 800;

    public static string Of(ReadOnlySpan<double> values, HourGrid grid, PointRange range, NumberAxis axis)
    {
        var (from, length) = (grid[range.First], grid[range.Last] - grid[range.First]);
        var places = Decimation.MinMax(values, range.First, Math.Min(range.Last + 1, values.Length), MostPoints);
        var path = new StringBuilder(6 * places.Length);
        var (x, y) = (0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var (nextX, nextY) = ((int)Math.Round((double)Width * (grid[places[i]] - from) / length), (int)Math.Round(Height * (1 - axis.Share(values[places[i]]))));
            Append(path, i switch { 0 => 'M', 1 => 'l', _ => ' ' }, nextX - x, nextY - y);
            (x, y) = (nextX, nextY);
        }

        // A line of no length has round ends: a dot.
        return places.Length == 1 ? path.Append("h0").ToString() : path.ToString();
    }

    /// <summary>A minus sign parts two numbers as well as a space does.</summary>
    private static void Append(StringBuilder path, char command, int x, int y)
    {
        if (command != ' ' || x >= 0)
            path.Append(command);
        path.Append(CultureInfo.InvariantCulture, $"{x}");
        if (y >= 0)
            path.Append(' ');
        path.Append(CultureInfo.InvariantCulture, $"{y}");
    }
}
