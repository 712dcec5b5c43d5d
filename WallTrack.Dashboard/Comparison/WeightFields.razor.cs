using System.Globalization;
using Microsoft.AspNetCore.Components;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Comparison;

/// <summary>How much each metric counts in the overall rank.</summary>
public sealed partial class WeightFields
{
    private const double FirstWeight = 0.2;

    [Parameter, EditorRequired]
    public WeightList Weights { get; set; } = WeightList.Default;

    [Parameter, EditorRequired]
    public EventCallback<WeightList> OnWeights { get; set; }

    private Task SetAsync(Metric metric, ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            ? OnWeights.InvokeAsync(Weights.With(metric, weight))
            : Task.CompletedTask;

    private Task AddAsync(ChangeEventArgs change) =>
        Metric.Find(change.Value as string) is { } metric ? OnWeights.InvokeAsync(Weights.With(metric, FirstWeight)) : Task.CompletedTask;

    private string ShareOf(Metric metric) => Weights.ShareOf(metric) is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %") : Metric.Undefined;

    private static string Number(double weight) => weight.ToString("0.00", CultureInfo.InvariantCulture);

    private static string IdOf(Metric metric) => $"weight-{metric.Name}";
}
