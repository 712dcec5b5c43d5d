using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>The part of a window that charts show, as fields.</summary>
public sealed partial class TimeZoom
{
    private PointRange? _shown;
    private string? _refusal;

    [Parameter, EditorRequired]
    public HourGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public PointRange Range { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PointRange> OnZoom { get; set; }

    private PointRange Whole => PointRange.Of(Grid);

    private bool IsWhole => Range == Whole;

    private DateTime? From => Grid.TimeAt(Range.First);

    private DateTime? To => Grid.TimeAt(Range.Last);

    protected override void OnParametersSet()
    {
        if (_shown != Range)
            (_shown, _refusal) = (Range, null);
    }

    private Task SetFromAsync(DateTime? from) => SetAsync(from, To);

    private Task SetToAsync(DateTime? to) => SetAsync(From, to);

    private Task SetAsync(DateTime? from, DateTime? to)
    {
        if (from is not { } start || to is not { } end)
            return Task.CompletedTask; // a date half typed
        if (PointRange.Of(Grid, start, end) is { } range)
            return OnZoom.InvokeAsync(range);
        _refusal = $"The time shown would start at {Text(start)} and end at {Text(end)}; it must start before it ends, between {Text(Grid.From)} and {Text(Grid.To)}.";
        return Task.CompletedTask;
    }

    private static string Text(DateTime time) => $"{time:yyyy-MM-ddTHH:mm}";
}
