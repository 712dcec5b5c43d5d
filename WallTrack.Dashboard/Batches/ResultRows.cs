namespace WallTrack.Dashboard.Batches;

/// <summary>
/// The rows of one page while results still come in. They keep their order until the operator sorts: what was waiting
/// gets its figures where it stands, what is new is added at the end while there is room.
/// </summary>
internal sealed class ResultRows
{
    private int _skip;

    public IReadOnlyList<ResultRow> Rows { get; private set; } = [];

    /// <summary>Of all rows that match.</summary>
    public int Count { get; private set; }

    /// <summary>Sorting again would show other rows, or the same in another order.</summary>
    public bool IsOutOfOrder { get; private set; }

    /// <summary>The last place that the page has room for.</summary>
    public int LastPlace => _skip + ResultView.RowsAPage;

    /// <summary>Shows the page as it was read.</summary>
    public void Replace(ResultRowPage page, int skip)
    {
        _skip = skip;
        (Rows, Count, IsOutOfOrder) = (page.Rows, page.Count, false);
    }

    /// <summary>Takes in the same page, read later.</summary>
    public void Update(ResultRowPage page)
    {
        var latest = page.Rows.ToDictionary(row => row.Position);
        var isWhole = latest.Count < ResultView.RowsAPage; // then what is not in it is gone, a failure that is tried again

        // What waited, and is not on the page any more, was not read by anybody yet: it makes room.
        var kept = Rows.Where(row => latest.ContainsKey(row.Position) || (!isWhole && row.Figures is not null))
            .Select(row => latest.GetValueOrDefault(row.Position) ?? row with { Place = null })
            .ToList();
        var known = kept.Select(row => row.Position).ToHashSet();
        Rows = [.. kept, .. page.Rows.Where(row => !known.Contains(row.Position)).Take(ResultView.RowsAPage - kept.Count)];
        Count = page.Count;
        IsOutOfOrder = !Rows.Select(row => row.Position).SequenceEqual(page.Rows.Select(row => row.Position));
    }
}
