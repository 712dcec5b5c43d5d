using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Backtests;

/// <summary>How a position was sold.</summary>
public sealed partial class FillTable
{
    [Parameter, EditorRequired]
    public TradeRow Row { get; set; } = default!;
}
