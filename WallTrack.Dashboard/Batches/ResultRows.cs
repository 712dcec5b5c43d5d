using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <param name="Place">In the order that was asked for, from 1; null when others have pushed it off the page.</param>
public sealed record ResultRow(ResultFigures Figures, int? Place);

/// <summary>
/// The rows of one page while results still come in. They keep their order until the operator sorts: what is new is
/// added at the end while there is room, what changed does so in its place.
/// </summary>
internal sealed class ResultRows
{
    private int _skip;

    public IReadOnlyList<ResultRow> Rows { get; private set; } = [];

    /// <summary>Of all results that match.</summary>
    public int Count { get; private set; }

    /// <summary>Sorting again would show other rows, or the same in another order.</summary>
    public bool IsOutOfOrder { get; private set; }

    /// <summary>The last place that the page has room for.</summary>
    public int LastPlace => _skip + ResultView.RowsAPage;

    /// <summary>Shows the page as it was read.</summary>
    public void Replace(ResultPage page, int skip)
    {
        _skip = skip;
        (Rows, Count, IsOutOfOrder) = (Placed(page), page.Count, false);
    }

    /// <summary>Takes in the same page, read later.</summary>
    public void Update(ResultPage page)
    {
        var latest = Placed(page).ToDictionary(row => row.Figures.Position);
        var isWhole = latest.Count < ResultView.RowsAPage; // then what is not in it is gone, a failure that is tried again
        var kept = Rows.Where(row => !isWhole || latest.ContainsKey(row.Figures.Position))
            .Select(row => latest.GetValueOrDefault(row.Figures.Position) ?? row with { Place = null })
            .ToList();
        var known = kept.Select(row => row.Figures.Position).ToHashSet();
        Rows = [.. kept, .. latest.Values.Where(row => !known.Contains(row.Figures.Position)).Take(ResultView.RowsAPage - kept.Count)];
        Count = page.Count;
        IsOutOfOrder = !Rows.Select(row => row.Figures.Position).SequenceEqual(page.Results.Select(figures => figures.Position));
    }

    private List<ResultRow> Placed(ResultPage page) => [.. page.Results.Select((figures, i) => new ResultRow(figures, _skip + i + 1))];
}
