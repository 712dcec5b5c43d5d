using Microsoft.AspNetCore.Components;
using WallTrack.Dashboard.History;

namespace WallTrack.Dashboard.Batches;

/// <summary>The window of a new batch.</summary>
public sealed partial class WindowFields
{
    private static readonly int[] QuickDays = [7, 30, 90];

    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired]
    public NewBatchDraft Draft { get; set; } = default!;

    /// <summary>All days that hold signals; null when there are none.</summary>
    [Parameter, EditorRequired]
    public DaySpan? Extent { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private string DaysText => Draft.Days switch { null => "– days", 1 => "1 day", { } days => $"{days:#,0.##} days" };

    private Task GiveAsync(object? from = null, object? to = null)
    {
        if (from is not null)
            Draft.From = NewBatchDraft.InstantOf($"{from}");
        if (to is not null)
            Draft.To = NewBatchDraft.InstantOf($"{to}");
        return OnChange.InvokeAsync();
    }

    private Task ChooseAsync(DaySpan days)
    {
        Draft.Choose(days);
        return OnChange.InvokeAsync();
    }

    private bool Is(DaySpan days) => Draft.From == days.From && Draft.To == days.To;

    private static string Pressed(bool isChosen) => isChosen ? "true" : "false";
}
