using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.Backtests;

public enum TradeColumn
{
    Entry,
    Token,
    Wallet,
    Score,
    Size,
    Pnl,
    Return,
    Hold,
}

/// <param name="Count">Of all that match.</param>
/// <param name="PnlSol">Of all that match.</param>
/// <param name="Page">From 1; the last one when there are fewer than was asked for.</param>
public sealed record TradePage(IReadOnlyList<TradeRow> Rows, int Count, double PnlSol, int Page, int Pages);

/// <summary>Which trades of a result are shown, in which order. It lives in the address.</summary>
/// <param name="Wallet">Part of its address, whatever the case; empty for all.</param>
/// <param name="Page">From 1.</param>
public sealed record TradeQuery(TradeColumn SortBy = TradeColumn.Entry, bool IsDescending = false, ExitReason? Reason = null, string Wallet = "", string Token = "", int Page = 1)
{
    public const int RowsAPage = 50;

    public bool IsFiltered => Reason is not null || Wallet.Length > 0 || Token.Length > 0;

    /// <summary>What cannot be read means nothing.</summary>
    public static TradeQuery Of(string? sort, string? order, string? reason, string? wallet, string? token, int? page) => new(
        Read<TradeColumn>(sort) ?? TradeColumn.Entry, order == "desc", Read<ExitReason>(reason), wallet?.Trim() ?? "", token?.Trim() ?? "", Math.Max(1, page ?? 1));

    /// <summary>For the address; null where nothing need be said.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>
    {
        ["sort"] = SortBy == TradeColumn.Entry ? null : Word(SortBy),
        ["order"] = IsDescending ? "desc" : null,
        ["reason"] = Reason is { } reason ? Word(reason) : null,
        ["wallet"] = Wallet.Length > 0 ? Wallet : null,
        ["token"] = Token.Length > 0 ? Token : null,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <summary>By that column; the other way round when it is sorted by it already. Figures begin with the largest.</summary>
    public TradeQuery By(TradeColumn column) =>
        this with { SortBy = column, IsDescending = column == SortBy ? !IsDescending : column is not (TradeColumn.Entry or TradeColumn.Token or TradeColumn.Wallet), Page = 1 };

    public TradePage Of(ImmutableArray<TradeRow> trades)
    {
        var matching = trades.Where(Matches).ToList();
        var pages = Math.Max(1, (matching.Count + RowsAPage - 1) / RowsAPage);
        var page = Math.Min(Page, pages);
        return new([.. Sorted(matching).Skip((page - 1) * RowsAPage).Take(RowsAPage)], matching.Count, matching.Sum(row => row.Trade.PnlSol), page, pages);
    }

    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TEnum? Read<TEnum>(string? word)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Word(value) == word)
                return value;
        }

        return null;
    }

    private bool Matches(TradeRow row) =>
        row.Trade.WalletAddress.Contains(Wallet, StringComparison.OrdinalIgnoreCase)
        && row.Trade.TokenAddress.Contains(Token, StringComparison.OrdinalIgnoreCase)
        && (Reason is not { } reason || row.Reasons.Contains(reason));

    private IOrderedEnumerable<TradeRow> Sorted(IEnumerable<TradeRow> rows) => (SortBy switch
    {
        TradeColumn.Token => By(rows, row => row.Trade.TokenAddress, StringComparer.Ordinal),
        TradeColumn.Wallet => By(rows, row => row.Trade.WalletAddress, StringComparer.Ordinal),
        TradeColumn.Score => By(rows, row => row.Trade.Score),
        TradeColumn.Size => By(rows, row => row.Trade.SizeSol),
        TradeColumn.Pnl => By(rows, row => row.Trade.PnlSol),
        TradeColumn.Return => By(rows, row => row.PnlFraction),
        TradeColumn.Hold => By(rows, row => row.Hold),
        _ => By(rows, row => row.Trade.EntryTime),
    }).ThenBy(row => row.Number);

    private IOrderedEnumerable<TradeRow> By<TKey>(IEnumerable<TradeRow> rows, Func<TradeRow, TKey> key, IComparer<TKey>? comparer = null) =>
        IsDescending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
}
