using System.Collections.Immutable;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <param name="Title">On hover: all digits, or the time.</param>
public readonly record struct CurveCell(string Text, string? Title);

public sealed record CurveRow(string Head, ImmutableArray<CurveCell> Cells);

/// <summary>Curves as rows of a table: what they end at, their lowest and highest, and their values at even intervals.</summary>
public sealed class CurveRows
{
    private const int MostRows = 60;
    private const string None = "n/a";
    private static readonly int[] Intervals = [1, 2, 3, 6, 12, 24, 48, 168, 336, 672, 1344, 2688, 5376, 10_752];

    private CurveRows(ImmutableArray<string> names, string interval, ImmutableArray<CurveRow> summary, ImmutableArray<CurveRow> hours) =>
        (Names, Interval, Summary, Hours) = (names, interval, summary, hours);

    public ImmutableArray<string> Names { get; }

    /// <summary>In words.</summary>
    public string Interval { get; }

    public ImmutableArray<CurveRow> Summary { get; }

    /// <summary>Ascending.</summary>
    public ImmutableArray<CurveRow> Hours { get; }

    public static CurveRows Of(CurvePane pane, HourGrid grid, PointRange range, IReadOnlyList<PaneCurve> curves)
    {
        var places = Places(grid, range, out var hours);
        CurveCell At(PaneCurve curve, int point) =>
            point < curve.Values.Length ? new(pane.Text(curve.Values.Span[point]), $"{curve.Values.Span[point]:R}") : new(None, null);
        CurveCell Extreme(PaneCurve curve, Func<double, double, bool> isMore)
        {
            if (curve.Values.Length <= range.First)
                return new(None, null);
            var place = range.First;
            for (var point = place; point <= range.Last && point < curve.Values.Length; point++)
                place = isMore(curve.Values.Span[point], curve.Values.Span[place]) ? point : place;
            return At(curve, place) with { Title = UtcText.Of(grid.TimeAt(place)) };
        }

        return new(
            [.. curves.Select(curve => curve.Curve.Name)],
            hours switch { 1 => "every hour", < 24 => $"every {hours} hours", 24 => "every day", _ => $"every {hours / 24} days" },
            [
                new("At the end", [.. curves.Select(curve => At(curve, range.Last))]),
                new("Lowest", [.. curves.Select(curve => Extreme(curve, (value, other) => value < other))]),
                new("Highest", [.. curves.Select(curve => Extreme(curve, (value, other) => value > other))]),
            ],
            [.. places.Select(place => new CurveRow(UtcText.OfMinute(grid.TimeAt(place)), [.. curves.Select(curve => At(curve, place))]))]);
    }

    /// <summary>Both ends, and full multiples of the interval between them.</summary>
    private static List<int> Places(HourGrid grid, PointRange range, out int hours)
    {
        hours = Array.Find(Intervals, interval => (range.Last - range.First) / interval < MostRows - 1);
        hours = hours > 0 ? hours : Intervals[^1];
        var step = hours * TimeSpan.TicksPerHour;
        return
        [
            .. Enumerable.Range(range.First, range.Last - range.First + 1)
                .Where(place => place == range.First || place == range.Last || grid[place] % step == 0),
        ];
    }
}
