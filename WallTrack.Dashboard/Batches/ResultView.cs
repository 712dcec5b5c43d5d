using System.Collections.Immutable;
using WallTrack.Batches;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Batches;

/// <summary>What the operator asked a table of results to show; the page's address holds all of it.</summary>
public sealed record ResultView
{
    public const int RowsAPage = 50;
    public const string CompletedOnly = "completed";
    public const string FailedOnly = "failed";
    public const string UndoneOnly = "waiting";
    private const string BatchOrder = "batch";
    private const string Ascending = "asc";
    private const string Descending = "desc";

    public static ImmutableArray<Metric> UsualColumns { get; } =
    [
        Metric.TotalPnl, Metric.TotalReturn, Metric.MaxDrawdown, Metric.TotalTrades, Metric.WinRate, Metric.ProfitFactor, Metric.Sharpe, Metric.Sortino, Metric.Expectancy,
    ];

    /// <summary>Null: the order of the batch.</summary>
    public Metric? SortBy { get; init; } = Metric.TotalPnl;

    public bool IsDescending { get; init; } = true;

    /// <summary>Part of a scenario's name; empty: all.</summary>
    public string Name { get; init; } = "";

    /// <summary>Null: all.</summary>
    public ResultStatus? Status { get; init; }

    /// <summary>Only what has no result yet.</summary>
    public bool OnlyUndone { get; init; }

    /// <summary>What has no result yet comes after the results.</summary>
    public bool ShowsUndone => Status is null;

    /// <summary>In the order of <see cref="Metric.All"/>.</summary>
    public ImmutableArray<Metric> Columns { get; init; } = UsualColumns;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>As an address says it; null: all.</summary>
    public string? StatusWord => OnlyUndone ? UndoneOnly : Status switch { ResultStatus.Completed => CompletedOnly, ResultStatus.Failed => FailedOnly, _ => null };

    public int Skip => (Page - 1) * RowsAPage;

    public bool Equals(ResultView? other) => other is not null
        && (SortBy, IsDescending, Name, Status, OnlyUndone, Page) == (other.SortBy, other.IsDescending, other.Name, other.Status, other.OnlyUndone, other.Page)
        && Columns.SequenceEqual(other.Columns);

    public override int GetHashCode() => HashCode.Combine(SortBy, IsDescending, Name, Status, OnlyUndone, Page, Columns.Length);

    public ResultQuery QueryOf(Guid batch) => new(batch, SortBy?.Name, IsDescending, Skip, RowsAPage, Status, Name);

    /// <summary>What an address says; whatever it does not say, or says in words that nobody knows, is as usual.</summary>
    public static ResultView Of(string? sort, string? order, string? name, string? status, string? columns, string? page)
    {
        var metric = sort == BatchOrder ? null : Metric.Find(sort) ?? Metric.TotalPnl;
        var named = columns?.Split(',') ?? [];
        return new ResultView
        {
            SortBy = metric,
            IsDescending = order switch { Ascending => false, Descending => true, _ => IsDescendingFirst(metric) },
            Name = name?.Trim() ?? "",
            Columns = columns is null ? UsualColumns : [.. Metric.All.Where(column => named.Contains(column.Name, StringComparer.Ordinal))],
        }.WithStatus(status) with { Page = int.TryParse(page, out var number) && number is > 0 and < int.MaxValue / RowsAPage ? number : 1 };
    }

    /// <summary>Of an address; null is left out of it.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["sort"] = SortBy == Metric.TotalPnl ? null : SortBy?.Name ?? BatchOrder,
        ["order"] = IsDescending == IsDescendingFirst(SortBy) ? null : IsDescending ? Descending : Ascending,
        ["name"] = Name.Length == 0 ? null : Name,
        ["status"] = StatusWord,
        ["columns"] = Columns.SequenceEqual(UsualColumns) ? null : string.Join(',', Columns.Select(column => column.Name)),
        ["page"] = Page == 1 ? null : Page,
    };

    /// <summary>By that metric, the best first; if it was sorted so already, the other way round. Null: the order of the batch.</summary>
    public ResultView SortedBy(Metric? metric) => this with
    {
        SortBy = metric,
        IsDescending = metric is not null && metric == SortBy ? !IsDescending : IsDescendingFirst(metric),
        Page = 1,
    };

    public ResultView WithStatus(string? word) => this with
    {
        Status = word switch { CompletedOnly => ResultStatus.Completed, FailedOnly => ResultStatus.Failed, _ => null },
        OnlyUndone = word == UndoneOnly,
        Page = 1,
    };

    public ResultView WithColumn(Metric metric, bool isShown) => this with
    {
        Columns = [.. Metric.All.Where(column => column == metric ? isShown : Columns.Contains(column))],
    };

    private static bool IsDescendingFirst(Metric? metric) => metric is not null && metric.Better != Better.Lower;
}
