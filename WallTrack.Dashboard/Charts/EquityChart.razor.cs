using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.Charts;

/// <summary>Equity curves over one another, in SOL or in percent of what each started with.</summary>
public sealed partial class EquityChart
{
    private IReadOnlyList<CurvePane> _panes = [];
    private (bool IsPercent, bool WithDrawdown)? _given;
    private bool _isPercent;

    /// <summary>The hours of the window.</summary>
    [Parameter, EditorRequired]
    public HourGrid Grid { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Curve> Curves { get; set; } = [];

    /// <summary>The part shown; null for the whole window.</summary>
    [Parameter]
    public TimeRange? Zoom { get; set; }

    [Parameter]
    public EventCallback<TimeRange?> ZoomChanged { get; set; }

    [Parameter]
    public bool IsPercent { get; set; }

    [Parameter]
    public EventCallback<bool> IsPercentChanged { get; set; }

    /// <summary>With the curves below their peaks underneath, over the same time axis.</summary>
    [Parameter]
    public bool WithDrawdown { get; set; }

    protected override void OnParametersSet()
    {
        if (_given == (IsPercent, WithDrawdown))
            return;
        _given = (IsPercent, WithDrawdown);
        Choose(IsPercent);
    }

    private async Task ShowAsync(bool isPercent)
    {
        if (isPercent == _isPercent)
            return;
        Choose(isPercent);
        await IsPercentChanged.InvokeAsync(isPercent);
    }

    private void Choose(bool isPercent)
    {
        _isPercent = isPercent;
        var equity = isPercent ? CurvePane.EquityPercent : CurvePane.EquitySol;
        _panes = WithDrawdown ? [equity, CurvePane.Drawdown] : [equity];
    }

    private static string Pressed(bool isShown) => isShown ? "true" : "false";
}
