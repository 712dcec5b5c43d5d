using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;
using WallTrack.Dashboard.Charts;

namespace WallTrack.Dashboard.Backtests;

/// <summary>What the trades of a result earned by the hour in which they were entered: a column an hour, gains upwards.</summary>
public sealed partial class HourChart
{
    private const int Hours = 24;
    private const double ColumnPlace = 100.0 / Hours;
    private const double ColumnWidth = 0.8 * ColumnPlace;
    private const double LeastHeight = 0.7; // what is not 0 can be seen
    private static readonly int[] MarkedHours = [0, 3, 6, 9, 12, 15, 18, 21];
    private ImmutableArray<BreakdownLine>? _given;
    private ImmutableArray<HourColumn> _columns = [];
    private ImmutableArray<ChartMark> _marks = [];
    private double _zero;

    /// <summary>One an hour, from midnight; empty without trades.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<BreakdownLine> Lines { get; set; } = [];

    private string Summary => $"P&L by hour of the entry: best {TitleOf(Lines.MaxBy(line => line.PnlSol)!)}, worst {TitleOf(Lines.MinBy(line => line.PnlSol)!)}. The table below has all.";

    protected override void OnParametersSet()
    {
        if (_given == Lines)
            return;
        _given = Lines;
        var (low, high) = (Lines.Select(line => line.PnlSol).Append(0).Min(), Lines.Select(line => line.PnlSol).Append(0).Max());
        var axis = AxisTicks.ForNumbers(low, high > low ? high : 1, most: 4);
        double Down(double value) => 100 * (1 - axis.Share(value));
        _zero = Down(0);
        _marks = [.. axis.Ticks.Select(tick => new ChartMark(Down(tick.At), tick.Text))];
        _columns = [.. Lines.Select((line, hour) => ColumnOf(line, hour, Down(line.PnlSol)))];
    }

    private HourColumn ColumnOf(BreakdownLine line, int hour, double end)
    {
        var height = line.PnlSol == 0 ? 0 : Math.Max(LeastHeight, Math.Abs(end - _zero));
        return new(line, (hour * ColumnPlace) + ((ColumnPlace - ColumnWidth) / 2), line.PnlSol > 0 ? _zero - height : _zero, height);
    }

    private static string TitleOf(BreakdownLine line) => $"{line.Text} {TradeWords.Sol(line.PnlSol)} SOL, {(line.Count == 1 ? "1 trade" : $"{line.Count:#,0} trades")}";

    private static string Css(double percent) => $"{percent:0.##}%";

    /// <summary>In percent of the picture.</summary>
    private sealed record HourColumn(BreakdownLine Line, double Left, double Top, double Height);
}
