using System.Collections.Immutable;

namespace WallTrack.Dashboard.Charts;

/// <param name="Value">Null when undefined.</param>
public sealed record Bar(string Label, double? Value);

/// <param name="Start">Where it begins, in percent of the room for bars, likewise its <paramref name="Width"/>.</param>
public sealed record BarRow(Bar Bar, double Start, double Width);

/// <summary>Bars to both sides of one line, gains to the right; in percent, so that the browser can give them any size.</summary>
public sealed class BarRows
{
    private const double LeastWidth = 0.3; // what is not 0 can be seen

    private BarRows(ImmutableArray<BarRow> rows, double zero, int leftOut) => (Rows, Zero, LeftOut) = (rows, zero, leftOut);

    public ImmutableArray<BarRow> Rows { get; }

    /// <summary>Percent from the left of the line between losses and gains.</summary>
    public double Zero { get; }

    /// <summary>Bars without a value.</summary>
    public int LeftOut { get; }

    /// <summary>
    /// The largest gains first and the largest losses last; of more than <paramref name="most"/>, those farthest from 0, and one
    /// more for the sum of the others.
    /// </summary>
    public static BarRows Largest(IReadOnlyList<Bar> bars, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var defined = bars.Where(bar => bar.Value is not null).OrderByDescending(bar => Math.Abs(bar.Value!.Value)).ToList();
        var shown = defined.Count - most <= 1 ? defined.Count : most; // one other bar takes no more room than "1 other"
        var others = defined[shown..];
        Bar[] rest = others.Count == 0 ? [] : [new($"{others.Count:#,0} others", others.Sum(bar => bar.Value))];
        return Of([.. defined[..shown].OrderByDescending(bar => bar.Value), .. rest], bars.Count - defined.Count);
    }

    /// <summary>All, in the order given, such as the hours of a day; those without a value too.</summary>
    public static BarRows InOrder(IReadOnlyList<Bar> bars) => Of(bars, leftOut: 0);

    private static BarRows Of(IReadOnlyList<Bar> bars, int leftOut)
    {
        var values = bars.Select(bar => bar.Value ?? 0).Append(0).ToList();
        var (low, high) = (values.Min(), values.Max());
        var length = high > low ? high - low : 1;
        var zero = high > low ? 100 * (0 - low) / length : 0;
        BarRow Row(Bar bar)
        {
            var width = bar.Value is null or 0 ? 0 : Math.Max(LeastWidth, 100 * Math.Abs(bar.Value.Value) / length);
            return new(bar, bar.Value < 0 ? Math.Max(0, zero - width) : zero, width);
        }

        return new([.. bars.Select(Row)], zero, leftOut);
    }
}
