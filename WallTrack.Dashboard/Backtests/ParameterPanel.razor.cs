using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Backtests;

/// <summary>What the scenario decided, as it was when its batch was started.</summary>
public sealed partial class ParameterPanel
{
    [Parameter, EditorRequired]
    public ScenarioDraft Scenario { get; set; } = default!;

    /// <summary>A number keeps its unit on its line; lists break between their entries.</summary>
    private static string Unbroken(string text) => text.Replace(' ', '\u00a0').Replace(",\u00a0", ", ", StringComparison.Ordinal);
}
