using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>What is wrong with a field, beside it.</summary>
public sealed partial class FieldFaults
{
    [Parameter, EditorRequired]
    public IEnumerable<string> Sentences { get; set; } = [];

    [Parameter]
    public string? Id { get; set; }
}
