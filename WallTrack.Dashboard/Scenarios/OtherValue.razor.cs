using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>What the scenario compared with has instead; nothing where both agree.</summary>
public sealed partial class OtherValue
{
    [Parameter, EditorRequired]
    public string? Text { get; set; }

    [Parameter]
    public string? Id { get; set; }
}
