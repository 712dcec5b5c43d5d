using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Comparison;

/// <summary>What the scenarios decided, side by side.</summary>
public sealed partial class ParameterTable
{
    [Parameter, EditorRequired]
    public ComparedScenarios Compared { get; set; } = default!;

    /// <summary>Leaves out what all of them share.</summary>
    [Parameter]
    public bool OnlyDifferences { get; set; }

    private ImmutableArray<ScenarioParameter> Shown { get; set; } = [];

    protected override void OnParametersSet() => Shown = [.. ScenarioParameter.All.Where(parameter => !OnlyDifferences || DiffersIn(parameter))];

    private bool DiffersIn(ScenarioParameter parameter) => parameter.Differs(Compared.Scenarios.Select(scenario => scenario.Draft));
}
