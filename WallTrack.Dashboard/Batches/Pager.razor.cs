using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Batches;

/// <summary>Which rows of how many are shown, and the way to the others.</summary>
public sealed partial class Pager
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter, EditorRequired]
    public int RowsAPage { get; set; }

    /// <summary>Of all rows.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<int> OnPage { get; set; }

    private int PageCount => Math.Max(1, (Count + RowsAPage - 1) / RowsAPage);

    private Task GoAsync(ChangeEventArgs change) =>
        int.TryParse($"{change.Value}", out var page) ? OnPage.InvokeAsync(Math.Clamp(page, 1, PageCount)) : Task.CompletedTask;

    private string Range => Count == 0 ? "None"
        : Page > PageCount ? $"Page {Page:#,0} of {PageCount:#,0}"
        : $"{((Page - 1) * RowsAPage) + 1:#,0}–{Math.Min(Page * RowsAPage, Count):#,0} of {Count:#,0}";
}
