using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Comparison;

/// <summary>Scenarios as columns; ranks and metrics as rows.</summary>
public sealed partial class CompareTable
{
    [Parameter, EditorRequired]
    public ComparedScenarios Compared { get; set; } = default!;

    [Parameter, EditorRequired]
    public CompareView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public ComparisonTable Table { get; set; } = default!;

    /// <summary>Null: none any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ResultKey?> OnBaseline { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<ResultKey> OnRemove { get; set; }

    private int? Baseline { get; set; }

    private bool HasBatches => Compared.Scenarios.Select(scenario => scenario.Batch.Id).Distinct().Skip(1).Any();

    protected override void OnParametersSet() => Baseline = Compared.PlaceOf(View.Baseline);

    private bool IsShared(int rank) => Table.Standings.Count(standing => standing?.Rank == rank) > 1;

    private MetricRow RowOf(Metric metric) => Table.Rows.Single(row => row.Metric == metric);

    private static string ToneOf(Metric metric, in MetricCell cell) => cell.IsGain(metric.Better) switch { true => "gain", false => "loss", null => "" };
}
