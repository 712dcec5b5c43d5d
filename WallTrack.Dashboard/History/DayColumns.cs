using System.Collections.Immutable;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <param name="Last">The same as <paramref name="First"/> unless several days share a column.</param>
/// <param name="Left">Of the picture's width, in percent; likewise <paramref name="Width"/>.</param>
/// <param name="Height">Of the picture's height, in percent; <paramref name="FilledHeight"/> of it, from the ground up, is for signals with a price.</param>
public readonly record struct DayColumn(DateOnly First, DateOnly Last, int Signals, int WithPrice, double Left, double Width, double Height, double FilledHeight)
{
    public int WithoutPrice => Signals - WithPrice;

    /// <summary>Stands on the filled part.</summary>
    public double UnfilledHeight => Height - FilledHeight;
}

/// <param name="At">Percent of the width from the left, or of the height from the ground up.</param>
public readonly record struct AxisMark(double At, string Text);

/// <summary>
/// The geometry of the picture of a window: a column a day, as high as its signals. All in percent, so that the browser
/// can give the picture any size.
/// </summary>
public sealed class DayColumns
{
    private const int MostColumns = 400;
    private const int MostDayMarks = 6;
    private const int MostHeights = 4;
    private const double Gap = 0.15; // of a column's share of the width
    private static readonly int[] DaySteps = [1, 2, 5, 7, 14, 30, 60, 90, 180];

    private DayColumns(ImmutableArray<DayColumn> columns, int daysAColumn, ImmutableArray<AxisMark> heights, ImmutableArray<AxisMark> dayMarks) =>
        (Columns, DaysAColumn, Heights, DayMarks) = (columns, daysAColumn, heights, dayMarks);

    public ImmutableArray<DayColumn> Columns { get; }

    /// <summary>1, unless the window has so many days that single ones could not be seen.</summary>
    public int DaysAColumn { get; }

    /// <summary>Round numbers of signals, from 0 to at least the highest column.</summary>
    public ImmutableArray<AxisMark> Heights { get; }

    /// <summary>Under the middle of some columns.</summary>
    public ImmutableArray<AxisMark> DayMarks { get; }

    /// <param name="days">At least one, ascending, without a hole.</param>
    public static DayColumns Of(IReadOnlyList<DayCoverage> days)
    {
        ArgumentOutOfRangeException.ThrowIfZero(days.Count);
        var daysAColumn = (days.Count + MostColumns - 1) / MostColumns;
        var groups = days.Chunk(daysAColumn).ToList();
        var most = groups.Max(group => group.Sum(day => day.Signals));
        var step = RoundStep(most);
        var top = Math.Max(1, (most + step - 1) / step) * step;
        var share = 100.0 / groups.Count;

        DayColumn Column(DayCoverage[] group, int index)
        {
            var (signals, withPrice) = (group.Sum(day => day.Signals), group.Sum(day => day.WithPrice));
            return new(group[0].Day, group[^1].Day, signals, withPrice,
                share * (index + (Gap / 2)), share * (1 - Gap), 100.0 * signals / top, 100.0 * withPrice / top);
        }

        return new(
            [.. groups.Select(Column)],
            daysAColumn,
            [.. Enumerable.Range(0, (top / step) + 1).Select(mark => new AxisMark(100.0 * mark * step / top, $"{mark * step:#,0}"))],
            DayMarksOf(groups, share));
    }

    /// <summary>1, 2 or 5 times a power of ten; four of them reach the number.</summary>
    private static int RoundStep(int number)
    {
        for (var power = 1; ; power *= 10)
        {
            foreach (var step in new[] { power, 2 * power, 5 * power })
            {
                if ((long)step * MostHeights >= number)
                    return step;
            }
        }
    }

    private static ImmutableArray<AxisMark> DayMarksOf(List<DayCoverage[]> groups, double share)
    {
        var (first, last) = (groups[0][0].Day, groups[^1][^1].Day);
        var format = first.Year == last.Year || last < first.AddMonths(3) ? "MM-dd" : "yyyy-MM";
        var step = Array.Find(DaySteps, step => step * MostDayMarks >= groups.Count);
        step = step > 0 ? step : (groups.Count + MostDayMarks - 1) / MostDayMarks;
        return
        [
            .. Enumerable.Range(0, groups.Count)
                .Where(index => index % step == 0)
                .Select(index => new AxisMark(share * (index + 0.5), groups[index][0].Day.ToString(format))),
        ];
    }
}
