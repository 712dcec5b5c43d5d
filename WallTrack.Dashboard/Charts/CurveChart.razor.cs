using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>Curves over one time axis, in one or more panes, with everything to read them: zoom, legend, values at a time, tables.</summary>
public sealed partial class CurveChart
{
    private readonly HashSet<int> _hidden = []; // by colour index, which a scenario keeps when its page loads again
    private (HourGrid Grid, IReadOnlyList<Curve> Curves, IReadOnlyList<CurvePane> Panes)? _given;
    private TimeRange? _givenZoom;
    private PointRange _range;
    private ImmutableArray<ImmutableArray<PaneCurve>> _curves = []; // by pane, those that have values there
    private ImmutableArray<IReadOnlyList<PaneCurve>> _shown = []; // of them, those that are not hidden
    private ImmutableArray<CurvePicture> _pictures = [];
    private int _labelWidthPx;
    private int? _point;
    private Curve? _near;

    [Parameter, EditorRequired]
    public HourGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Curve> Curves { get; set; } = [];

    /// <summary>From the top down.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<CurvePane> Panes { get; set; } = [];

    /// <summary>The part shown; null for the whole window.</summary>
    [Parameter]
    public TimeRange? Zoom { get; set; }

    [Parameter]
    public EventCallback<TimeRange?> ZoomChanged { get; set; }

    /// <summary>Beside those of the zoom.</summary>
    [Parameter]
    public RenderFragment? Controls { get; set; }

    private int ShownPoint => _range.Clamp(_point ?? _range.Last);

    private string Caption => _point is null ? $"At the end, {UtcText.Of(Grid.TimeAt(ShownPoint))}" : $"At {UtcText.Of(Grid.TimeAt(ShownPoint))}";

    private string EmptyReason => _hidden.Count > 0 ? "Every curve is hidden: choose some below." : "None of these scenarios has a curve.";

    protected override void OnParametersSet()
    {
        var isOther = _given != (Grid, Curves, Panes);
        if (isOther)
        {
            if (Curves.FirstOrDefault(curve => !curve.Values.IsDefault && curve.Values.Length > Grid.Count) is { } tooLong)
                throw new ArgumentException($"The curve of {tooLong.Name} has {tooLong.Values.Length} points; its window has {Grid.Count}.");
            _hidden.IntersectWith(Curves.Select(curve => curve.ColourIndex));
            _near = null;
            _curves = [.. Panes.Select(CurvesOf)];
        }

        var isOtherTime = _given is not { } given || (given.Grid.From, given.Grid.To) != (Grid.From, Grid.To) || _givenZoom != Zoom;
        (_given, _givenZoom) = ((Grid, Curves, Panes), Zoom);
        if (isOtherTime)
            (_range, _point) = (Zoom is { } zoom && PointRange.Of(Grid, zoom.From, zoom.To) is { } range ? range : PointRange.Of(Grid), null);
        if (isOther || isOtherTime)
            Draw();
    }

    private ImmutableArray<PaneCurve> CurvesOf(CurvePane pane) =>
        [.. Curves.Select(curve => pane.Values(curve) is { } values ? new PaneCurve(curve, values) : null).OfType<PaneCurve>()];

    private void Draw()
    {
        const int characterPx = 7;
        const int marginPx = 12;
        _shown = [.. _curves.Select(curves => (IReadOnlyList<PaneCurve>)[.. curves.Where(curve => !_hidden.Contains(curve.Curve.ColourIndex))])];
        _pictures = [.. Panes.Select((pane, place) => new CurvePicture(pane, Grid, _range, _shown[place]))];
        _labelWidthPx = marginPx + (characterPx * _pictures.SelectMany(picture => picture.Values).Select(mark => mark.Text.Length).DefaultIfEmpty(4).Max());
    }

    private async Task ZoomAsync(PointRange range)
    {
        if (range == _range)
            return;
        (_range, _point, _near) = (range, null, null);
        Draw();
        await ZoomChanged.InvokeAsync(range == PointRange.Of(Grid) ? null : new TimeRange(Grid.TimeAt(range.First), Grid.TimeAt(range.Last)));
    }

    private Task DragAsync(CurvePicture picture, PlotRangeEventArgs range)
    {
        var (first, last) = (picture.PointAt(range.From), picture.PointAt(range.To));
        return first < last ? ZoomAsync(new(first, last)) : Task.CompletedTask;
    }

    private void PointAt(CurvePicture picture, PlotPointEventArgs pointer)
    {
        (_point, _near) = (null, null);
        if (pointer is { X: { } x, Y: { } y })
        {
            _point = picture.PointAt(x);
            _near = picture.CurveNear(_point.Value, y);
        }
    }

    private void SlideTo(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var point))
            (_point, _near) = (_range.Clamp(point), null);
    }

    private void Toggle(Curve curve)
    {
        if (!_hidden.Remove(curve.ColourIndex))
            _hidden.Add(curve.ColourIndex);
        Draw();
    }

    private void ShowAll()
    {
        _hidden.Clear();
        Draw();
    }

    private void HideAll()
    {
        _hidden.UnionWith(Curves.Select(curve => curve.ColourIndex));
        Draw();
    }

    /// <summary>Of the time shown, one a pane.</summary>
    private string ValuesOf(Curve curve) => string.Join(" · ", Panes.Select((pane, place) =>
        _curves[place].FirstOrDefault(one => one.Curve == curve) is { } found && ShownPoint < found.Values.Length ? pane.Text(found.Values.Span[ShownPoint]) : "n/a"));
}
