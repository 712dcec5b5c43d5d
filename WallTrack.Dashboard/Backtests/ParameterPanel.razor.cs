using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Backtests;

/// <summary>What the scenario decided, as it was when its batch was started.</summary>
public sealed partial class ParameterPanel
{
    [Parameter, EditorRequired]
    public ScenarioDraft Scenario { get; set; } = default!;
}
