using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>One dot of a scatter chart.</summary>
public sealed partial class ScatterMark
{
    [Parameter, EditorRequired]
    public PlacedDot Dot { get; set; } = default!;

    [Parameter, EditorRequired]
    public bool IsSelected { get; set; }

    [Parameter, EditorRequired]
    public bool HasName { get; set; }

    /// <summary>It can be reached by keyboard.</summary>
    [Parameter, EditorRequired]
    public bool IsButton { get; set; }

    [Parameter]
    public EventCallback<Guid> OnSelect { get; set; }

    private string Class => (Dot.Dot.ColourIndex is { } index ? SeriesLook.ColourClass(index) : "plain") + (Dot.Dot.IsBaseline ? " baseline" : "") + (OnSelect.HasDelegate ? " choice" : "");

    private string Shape => SeriesLook.Shape(Dot.Dot.ColourIndex ?? 0);

    private Task SelectAsync() => OnSelect.InvokeAsync(Dot.Dot.Id);

    private static string Css(double percent) => $"{percent:0.##}%";
}
