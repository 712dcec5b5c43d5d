using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>The numbers behind a pane. They are sent when the table is opened, because they weigh more than the picture.</summary>
public sealed partial class CurveTable
{
    private (CurvePane Pane, HourGrid Grid, PointRange Range, IReadOnlyList<PaneCurve> Curves)? _shown;
    private CurveRows? _rows;
    private bool _isOpen;
    private bool _hasChanged = true;

    [Parameter, EditorRequired]
    public CurvePane Pane { get; set; } = default!;

    [Parameter, EditorRequired]
    public HourGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public PointRange Range { get; set; }

    /// <summary>The ones to show; another list when they change.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PaneCurve> Curves { get; set; } = [];

    protected override void OnParametersSet()
    {
        if (_shown == (Pane, Grid, Range, Curves))
            return;
        _shown = (Pane, Grid, Range, Curves);
        Fill();
    }

    protected override bool ShouldRender() => _hasChanged;

    protected override void OnAfterRender(bool firstRender) => _hasChanged = false;

    private void ToggleAsync()
    {
        _isOpen = !_isOpen;
        Fill();
    }

    private void Fill() => (_rows, _hasChanged) = (_isOpen ? CurveRows.Of(Pane, Grid, Range, Curves) : null, true);
}
