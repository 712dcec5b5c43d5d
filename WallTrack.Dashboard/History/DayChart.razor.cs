using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.History;

/// <summary>Signals by day as columns, and as a table.</summary>
public sealed partial class DayChart
{
    private const string PatternId = "unpriced-signals";

    [Parameter, EditorRequired]
    public DayColumns Shape { get; set; } = default!;

    private string Caption => Shape.DaysAColumn == 1 ? "Signals a day (UTC)" : $"Signals in {Shape.DaysAColumn} days each (UTC)";

    private static string Days(in DayColumn column) =>
        column.First == column.Last ? $"{column.First:yyyy-MM-dd}" : $"{column.First:yyyy-MM-dd} to {column.Last:yyyy-MM-dd}";

    private static string Css(double percent) => $"{percent:0.###}%";

    /// <summary>SVG counts from the top.</summary>
    private static string Down(double fromTheGround) => Css(100 - fromTheGround);
}
