using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Backtests;

/// <summary>What the trades of a result earned, by something that some of them have in common.</summary>
public sealed partial class BreakdownTable
{
    private bool _isOpen;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Reads on after "P&amp;L by".</summary>
    [Parameter, EditorRequired]
    public string By { get; set; } = "";

    [Parameter, EditorRequired]
    public string Head { get; set; } = "";

    /// <summary>What the counts count.</summary>
    [Parameter]
    public string Counted { get; set; } = "Trades";

    [Parameter, EditorRequired]
    public ImmutableArray<BreakdownLine> Lines { get; set; } = [];

    /// <summary>The address of those trades.</summary>
    [Parameter]
    public Func<TradeQuery, string>? HrefOf { get; set; }

    /// <summary>Lines that are shown at first: those with the largest gains and losses, in their order.</summary>
    [Parameter]
    public int FirstLines { get; set; } = 10;

    private IEnumerable<BreakdownLine> Shown => _isOpen || Lines.Length <= FirstLines
        ? Lines
        : Lines.Index().OrderByDescending(line => Math.Abs(line.Item.PnlSol)).Take(FirstLines).OrderBy(line => line.Index).Select(line => line.Item);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
