using Microsoft.AspNetCore.Components;
using WallTrack.Dashboard.Charts;

namespace WallTrack.Dashboard.Comparison;

/// <summary>What the scenarios earned against what they risked.</summary>
public sealed partial class RiskReturn
{
    private (ComparedScenarios Compared, ResultKey? Baseline)? _given;
    private ScatterDot[] _dots = [];

    [Parameter, EditorRequired]
    public ComparedScenarios Compared { get; set; } = default!;

    [Parameter]
    public ResultKey? Baseline { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (_given == (Compared, Baseline))
            return;
        _given = (Compared, Baseline);
        _dots = [.. Compared.Scenarios.Index().Where(scenario => scenario.Item.Metrics is not null).Select(scenario => Dot(scenario.Item, scenario.Index))];
    }

    private ScatterDot Dot(ComparedScenario scenario, int place) => new(
        scenario.Result.Id, scenario.Result.ScenarioName, scenario.Metrics!.MaxDrawdown, scenario.Metrics.TotalReturn, place < CompareView.MostCurves ? place : null, scenario.Key == Baseline);

    private void Open(Guid result) => Navigation.NavigateTo($"/results/{result}");
}
