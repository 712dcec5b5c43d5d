using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Batches;

/// <summary>A state as it looks everywhere: icon, word, colour.</summary>
public sealed partial class StateMark
{
    [Parameter, EditorRequired]
    public RunState State { get; set; }
}
