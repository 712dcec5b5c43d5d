using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Charts;

/// <summary>Gains and losses by category, as a table whose rows have bars.</summary>
public sealed partial class BarsChart
{
    private const int MostLetters = 20;
    private (IReadOnlyList<Bar> Bars, int Most, bool IsInOrder)? _given;
    private BarRows _rows = BarRows.InOrder([]);

    [Parameter, EditorRequired]
    public IReadOnlyList<Bar> Bars { get; set; } = [];

    /// <summary>What the bars are, such as "P&amp;L by token".</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    /// <summary>What a category is, such as "Token".</summary>
    [Parameter, EditorRequired]
    public string LabelHead { get; set; } = "";

    /// <summary>With the unit, such as "P&amp;L, SOL".</summary>
    [Parameter, EditorRequired]
    public string ValueHead { get; set; } = "";

    /// <summary>The largest this many, and the sum of the others.</summary>
    [Parameter]
    public int Most { get; set; } = 10;

    /// <summary>All bars in the order given, instead of the largest.</summary>
    [Parameter]
    public bool IsInOrder { get; set; }

    protected override void OnParametersSet()
    {
        if (_given == (Bars, Most, IsInOrder))
            return;
        _given = (Bars, Most, IsInOrder);
        _rows = IsInOrder ? BarRows.InOrder(Bars) : BarRows.Largest(Bars, Most);
    }

    private static string Side(BarRow row) => row.Bar.Value switch { > 0 => "gain", < 0 => "loss", _ => "none" };

    private static string Text(BarRow row) => row.Bar.Value is { } value ? FigureText.Sol(value, withPlus: true) : Metric.Undefined;

    private static string Css(double percent) => $"{percent:0.##}%";
}
