using System.Collections.Immutable;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Charts;

/// <param name="Left">Percent of the picture, likewise <paramref name="Top"/>.</param>
/// <param name="Others">Scenarios of no colour that lie in the same place and are not drawn.</param>
public sealed record PlacedDot(ScatterDot Dot, double Left, double Top, int Others)
{
    public string Text => $"{Dot.Name}{(Dot.IsBaseline ? " (baseline)" : "")}: return {Percent(Dot.Return, withPlus: true)}, max drawdown {Percent(Dot.Risk, withPlus: false)}"
        + (Others == 0 ? "" : $"; and {Others:#,0} more here");

    public static string Percent(double? share, bool withPlus) => share is { } value ? FigureText.Percent(100 * value, withPlus) : Metric.Undefined;
}

/// <summary>Dots between risk, to the right, and return, upwards; in percent of the picture, so that the browser can give it any size.</summary>
public sealed class ScatterPicture
{
    /// <summary>More cannot be told apart, and weigh on the browser.</summary>
    private const int MostDots = 1_000;

    private const double Room = 0.05;

    private ScatterPicture(NumberAxis risks, NumberAxis returns, ImmutableArray<PlacedDot> dots, int leftOut)
    {
        (Dots, LeftOut) = (dots, leftOut);
        Risks = [.. risks.Ticks.Select(tick => new ChartMark(100 * risks.Share(tick.At), tick.Text))];
        Returns = [.. returns.Ticks.Select(tick => new ChartMark(100 * (1 - returns.Share(tick.At)), tick.Text))];
        Zero = 100 * (1 - returns.Share(0));
    }

    public ImmutableArray<ChartMark> Risks { get; }

    public ImmutableArray<ChartMark> Returns { get; }

    /// <summary>Percent from the top of the line that parts gains from losses.</summary>
    public double Zero { get; }

    /// <summary>Those with a colour last, over the others, and the baseline over all.</summary>
    public ImmutableArray<PlacedDot> Dots { get; }

    /// <summary>Scenarios without a return or a drawdown.</summary>
    public int LeftOut { get; }

    public static ScatterPicture Of(IReadOnlyList<ScatterDot> dots)
    {
        var defined = dots.Where(dot => dot is { Risk: not null, Return: not null }).ToList();
        var (lowest, highest) = (defined.Select(dot => 100 * dot.Return!.Value).Append(0).Min(), defined.Select(dot => 100 * dot.Return!.Value).Append(0).Max());
        var room = Room * (highest - lowest);
        var returns = AxisTicks.ForNumbers(lowest - room, highest + room);
        var risks = AxisTicks.ForNumbers(0, Math.Max(1, (1 + Room) * defined.Select(dot => 100 * dot.Risk!.Value).DefaultIfEmpty(0).Max()));
        var placed = defined.Select(dot => new PlacedDot(dot, 100 * risks.Share(100 * dot.Risk!.Value), 100 * (1 - returns.Share(100 * dot.Return!.Value)), Others: 0)).ToList();
        var alike = Thinned([.. placed.Where(dot => dot.Dot is { ColourIndex: null, IsBaseline: false })]);
        return new(risks, returns, [.. alike, .. placed.Where(dot => dot.Dot.ColourIndex is not null || dot.Dot.IsBaseline).OrderBy(dot => dot.Dot.IsBaseline)], dots.Count - defined.Count);
    }

    /// <summary>Where there are too many, those that share a small square become one: the best of them by return.</summary>
    private static List<PlacedDot> Thinned(List<PlacedDot> dots)
    {
        var thinned = dots;
        for (var side = 0.25; thinned.Count > MostDots; side *= 1.5)
        {
            thinned =
            [
                .. dots
                    .GroupBy(dot => ((int)(dot.Left / side), (int)(dot.Top / side)))
                    .Select(square => square.MinBy(dot => dot.Top)! with { Others = square.Count() - 1 }),
            ];
        }

        return thinned;
    }
}
