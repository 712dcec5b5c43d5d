using System.Collections.Immutable;
using WallTrack.Comparison;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>A curve as a pane shows it.</summary>
public sealed record PaneCurve(Curve Curve, ReadOnlyMemory<double> Values);

/// <param name="Path">In units of <see cref="CurvePath"/>.</param>
public sealed record CurveLine(Curve Curve, string Class, string Path);

/// <summary>Everything of a pane that does not change while the pointer moves over it.</summary>
public sealed class CurvePicture
{
    private const double Room = 0.04; // of the height, above and below
    private readonly HourGrid _grid;
    private readonly PointRange _range;
    private readonly NumberAxis? _axis;
    private readonly ImmutableArray<PaneCurve> _curves;

    /// <param name="curves">The ones to draw.</param>
    public CurvePicture(CurvePane pane, HourGrid grid, PointRange range, IEnumerable<PaneCurve> curves)
    {
        (Pane, _grid, _range) = (pane, grid, range);
        _curves = [.. curves.Where(curve => curve.Values.Length > range.First).OrderBy(curve => curve.Curve.IsBaseline)];
        _axis = AxisOf(pane, range, _curves);
        Times = [.. AxisTicks.ForTimes(grid.TimeAt(range.First), grid.TimeAt(range.Last), most: 5).Select(tick => new ChartMark(Left(tick.At.Ticks), tick.Text))];
        Values = _axis is null ? [] : [.. _axis.Ticks.Select(tick => new ChartMark(Top(tick.At), tick.Text))];
        Zero = _axis is { Low: <= 0, High: >= 0 } ? Top(0) : null;
        Lines = _axis is null ? [] : [.. _curves.Select(curve => new CurveLine(curve.Curve, ClassOf(curve.Curve), CurvePath.Of(curve.Values.Span, grid, range, _axis)))];
    }

    public CurvePane Pane { get; }

    public ImmutableArray<ChartMark> Times { get; }

    public ImmutableArray<ChartMark> Values { get; }

    /// <summary>Percent from the top of the line of 0, when it is inside.</summary>
    public double? Zero { get; }

    /// <summary>The baseline last, so that it lies over the others.</summary>
    public ImmutableArray<CurveLine> Lines { get; }

    /// <summary>Percent of the width.</summary>
    public double Left(int point) => Left(_grid[point]);

    /// <summary>Percent of the height, of one of the curves at a point; null when it is not drawn there.</summary>
    public double? Top(Curve curve, int point) =>
        _curves.FirstOrDefault(one => one.Curve == curve) is { } found && point < found.Values.Length ? Top(found.Values.Span[point]) : null;

    /// <summary>The point nearest to a share of the width.</summary>
    public int PointAt(double share)
    {
        var (from, to) = (_grid[_range.First], _grid[_range.Last]);
        var ticks = from + (long)(Math.Clamp(share, 0, 1) * (to - from));
        var before = _grid.AtOrBefore(ticks);
        return _range.Clamp(before + 1 < _grid.Count && _grid[before + 1] - ticks < ticks - _grid[before] ? before + 1 : before);
    }

    /// <summary>The curve that is nearest, at a point, to a share of the height, if one is near.</summary>
    public Curve? CurveNear(int point, double share)
    {
        const double near = 8; // percent of the height
        return _curves
            .Where(curve => point < curve.Values.Length)
            .Select(curve => (curve.Curve, Distance: Math.Abs(Top(curve.Values.Span[point]) - (100 * share))))
            .Where(curve => curve.Distance <= near)
            .OrderBy(curve => curve.Distance)
            .FirstOrDefault().Curve;
    }

    private double Left(long ticks) => 100.0 * (ticks - _grid[_range.First]) / (_grid[_range.Last] - _grid[_range.First]);

    private double Top(double value) => 100 * (1 - _axis!.Share(value));

    private static string ClassOf(Curve curve) => SeriesLook.LineClass(curve.ColourIndex) + (curve.IsBaseline ? " baseline" : "");

    private static NumberAxis? AxisOf(CurvePane pane, PointRange range, ImmutableArray<PaneCurve> curves)
    {
        if (curves.IsEmpty)
            return null;
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var curve in curves)
        {
            foreach (var value in curve.Values.Span[range.First..Math.Min(range.Last + 1, curve.Values.Length)])
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var room = Room * (high - low);
        return pane.HangsFromZero
            ? AxisTicks.ForNumbers(low < 0 ? low + (Room * low) : -1, 0, most: 4) // an account that never fell: its line lies on the edge
            : AxisTicks.ForNumbers(low - room, high + room);
    }
}
