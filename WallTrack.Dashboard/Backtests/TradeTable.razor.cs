using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

/// <summary>The trades of a result, filtered and sorted, with their fills.</summary>
public sealed partial class TradeTable
{
    private static readonly ImmutableArray<(TradeColumn Column, string Label, string Title, bool IsNumber)> Columns =
    [
        (TradeColumn.Entry, "Entry", "In your browser's time zone; UTC on each time's hover", false),
        (TradeColumn.Token, "Token", "What was bought", false),
        (TradeColumn.Wallet, "Wallet", "Whose purchase was copied", false),
        (TradeColumn.Score, "Score", "Of the signal, 0 to 1", true),
        (TradeColumn.Size, "Size, SOL", "Without fees", true),
        (TradeColumn.Pnl, "P&L, SOL", "After slippage and fees", true),
        (TradeColumn.Return, "P&L of size", "P&L over the size of the position", true),
        (TradeColumn.Hold, "Held", "From the entry to the last fill", true),
    ];

    private readonly HashSet<int> _open = [];
    private (ImmutableArray<TradeRow> Rows, TradeQuery Query)? _given;
    private TradePage _page = new([], 0, 0, 1, 1);
    private string _reason = "";
    private string _wallet = "";
    private string _token = "";

    /// <summary>In order of decision.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<TradeRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public TradeQuery Query { get; set; } = new();

    [Parameter, EditorRequired]
    public EventCallback<TradeQuery> OnQuery { get; set; }

    private string Summary => Rows.IsEmpty ? "No signal was traded."
        : _page.Count == 0 ? $"None of {Rows.Length:#,0} trades matches."
        : Query.IsFiltered ? $"{_page.Count:#,0} of {Rows.Length:#,0} trades match; together {Metric.TotalPnl.Text(_page.PnlSol)} SOL."
        : $"{_page.Count:#,0} trades; together {Metric.TotalPnl.Text(_page.PnlSol)} SOL.";

    protected override void OnParametersSet()
    {
        if (_given is { } given && given.Rows == Rows && given.Query == Query)
            return;
        _given = (Rows, Query);
        _page = Query.Of(Rows);
        (_reason, _wallet, _token) = (Query.Reason is { } reason ? TradeQuery.Word(reason) : "", Query.Wallet, Query.Token);
    }

    private Task FilterAsync() => OnQuery.InvokeAsync(Query with { Reason = TradeQuery.Read<ExitReason>(_reason), Wallet = _wallet.Trim(), Token = _token.Trim(), Page = 1 });

    private Task ChooseReasonAsync(ChangeEventArgs change)
    {
        _reason = change.Value as string ?? "";
        return FilterAsync();
    }

    private Task ClearAsync() => OnQuery.InvokeAsync(Query with { Reason = null, Wallet = "", Token = "", Page = 1 });

    private Task TurnAsync(int page) => OnQuery.InvokeAsync(Query with { Page = page });

    private void Toggle(TradeRow row)
    {
        if (!_open.Remove(row.Number))
            _open.Add(row.Number);
    }

    private string SortOf(TradeColumn column) => column != Query.SortBy ? "none" : Query.IsDescending ? "descending" : "ascending";

    private string MarkOf(TradeColumn column) => column != Query.SortBy ? "" : Query.IsDescending ? " ▼" : " ▲";

    private static string Word(bool isSo) => isSo ? "true" : "false";
}
