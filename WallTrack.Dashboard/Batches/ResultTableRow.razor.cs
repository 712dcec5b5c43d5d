using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;
using WallTrack.Dashboard.Backtests;

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

    private string PlaceText => Row switch { { Figures: null } => "", { Place: { } place } => $"{place:#,0}", _ => $"> {LastPlace:#,0}" };

    private double? ValueOf(Metric metric) => Row.Figures?.Of(metric);

    private string TextOf(Metric metric) => Row.Figures is null ? "–" : metric.Text(ValueOf(metric));

    private string ToneOf(Metric metric) => ValueOf(metric) is not { } value ? "quiet" : metric.IsGain ? TradeWords.Tone(value) : "";

    private bool IsBest(Metric metric) => ValueOf(metric) is { } value && Best.TryGetValue(metric.Name, out var best) && value.Equals(best);

    private string? FullValue(Metric metric) => ValueOf(metric)?.ToString("R", CultureInfo.InvariantCulture);
}
