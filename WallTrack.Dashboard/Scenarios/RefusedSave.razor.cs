using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Says that another operator was first, and offers the ways on.</summary>
public sealed partial class RefusedSave
{
    [Parameter, EditorRequired]
    public SaveOutcome Refused { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback OnCompare { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSaveOver { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnTakeTheirs { get; set; }
}
