using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Batches;

/// <summary>One result in the table of results.</summary>
public sealed partial class ResultTableRow
{
    [Parameter, EditorRequired]
    public ResultRow Row { get; set; } = default!;

    /// <summary>That the page has room for.</summary>
    [Parameter, EditorRequired]
    public int LastPlace { get; set; }

    [Parameter, EditorRequired]
    public ImmutableArray<Metric> Columns { get; set; }

    /// <summary>The best value of the batch, by the metric's name.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, double> Best { get; set; } = ImmutableDictionary<string, double>.Empty;

    [Parameter, EditorRequired]
    public bool IsChosen { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<bool> OnChoose { get; set; }

    private string PlaceText => Row.Place is { } place ? $"{place:#,0}" : $"> {LastPlace:#,0}";

    private bool IsUndefined(Metric metric) => Row.Figures.Of(metric) is null;

    private bool IsBest(Metric metric) => Row.Figures.Of(metric) is { } value && Best.TryGetValue(metric.Name, out var best) && value.Equals(best);

    private string? FullValue(Metric metric) => Row.Figures.Of(metric)?.ToString("R", CultureInfo.InvariantCulture);
}
