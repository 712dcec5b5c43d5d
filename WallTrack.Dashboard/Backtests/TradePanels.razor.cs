using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Backtests;

/// <summary>Where the P&amp;L of a result comes from, and its trades.</summary>
public sealed partial class TradePanels
{
    private ResultSeries? _given;
    private ImmutableArray<TradeRow> _rows = [];
    private ImmutableArray<BreakdownLine> _byReason = [];
    private ImmutableArray<BreakdownLine> _byHour = [];
    private ImmutableArray<BreakdownLine> _byWallet = [];
    private ImmutableArray<BreakdownLine> _byToken = [];

    [Parameter, EditorRequired]
    public ResultSeries Series { get; set; } = default!;

    [Parameter, EditorRequired]
    public TradeQuery Query { get; set; } = new();

    [Parameter, EditorRequired]
    public EventCallback<TradeQuery> OnQuery { get; set; }

    /// <summary>The address of those trades.</summary>
    [Parameter, EditorRequired]
    public Func<TradeQuery, string> HrefOf { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_given, Series))
            return;
        _given = Series;
        _rows = TradeRow.Of(Series);
        var breakdown = TradeBreakdown.Of([.. _rows.Select(row => row.Closed)]);
        _byReason = BreakdownLine.Of(breakdown.ByExitReason, TradeWords.Of, _ => null, reason => new(Reason: reason));
        _byHour = BreakdownLine.Of(breakdown.ByHour, hour => $"{hour:00}:00", _ => null, _ => null);
        _byWallet = BreakdownLine.Of(breakdown.ByWallet, TradeWords.Short, wallet => wallet, wallet => new(Wallet: wallet));
        _byToken = BreakdownLine.Of(breakdown.ByToken, TradeWords.Short, token => token, token => new(Token: token));
    }
}
