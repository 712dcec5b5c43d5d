using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>Neighbouring points of a window's hours, both ends included; at least two.</summary>
public readonly record struct PointRange(int First, int Last)
{
    public static PointRange Of(HourGrid grid) => new(0, grid.Count - 1);

    /// <summary>The points that span a time; null when it does not start before it ends, or lies outside.</summary>
    public static PointRange? Of(HourGrid grid, DateTime from, DateTime to)
    {
        if (from >= to || to <= grid.From || from >= grid.To)
            return null;
        return new(grid.AtOrBefore(Math.Max(from.Ticks, grid.From.Ticks)), grid.AtOrAfter(Math.Min(to.Ticks, grid.To.Ticks)));
    }

    public int Clamp(int point) => Math.Clamp(point, First, Last);
}
