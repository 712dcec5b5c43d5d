using System.Collections.Immutable;
using System.Globalization;

namespace WallTrack.Comparison;

/// <summary>Weights as an operator sets them: any of them may be 0, and even all, although nothing can be ranked then.</summary>
public sealed class WeightList
{
    private WeightList(ImmutableArray<MetricWeight> items)
    {
        Items = items;
        Weights = RankingWeights.TryFrom(items, out var fault);
        Fault = fault;
    }

    public static WeightList Default { get; } = new(RankingWeights.Default.Items);

    /// <summary>Those that a rank can depend on.</summary>
    public static ImmutableArray<Metric> Rankable { get; } = [.. Metric.All.Where(metric => metric.Better != Better.Neither)];

    /// <summary>The default ones first, then others of weight above 0 as they were given.</summary>
    public ImmutableArray<MetricWeight> Items { get; }

    /// <summary>Null when nothing can be ranked by them.</summary>
    public RankingWeights? Weights { get; }

    /// <summary>Why not, a sentence.</summary>
    public string? Fault { get; }

    public bool IsDefault => Items.SequenceEqual(Default.Items);

    public double Sum => (double)Items.Sum(item => (decimal)item.Weight);

    /// <summary>Of the sum, a fraction; null when all are 0.</summary>
    public double? ShareOf(Metric metric) => Sum > 0 ? WeightOf(metric) / Sum : null;

    public double WeightOf(Metric metric) => Items.FirstOrDefault(item => item.Metric == metric).Weight;

    /// <param name="weight">0 … 1; what lies outside is moved inside, and NaN is 0.</param>
    public WeightList With(Metric metric, double weight)
    {
        var item = new MetricWeight(metric, weight > 0 ? Math.Min(weight, 1) : 0);
        return Of(Items.Any(other => other.Metric == metric) ? Items.Select(other => other.Metric == metric ? item : other) : Items.Append(item));
    }

    /// <summary>"total_pnl_sol:0.3,win_rate:0.2". Empty for the default.</summary>
    public string Text => IsDefault ? "" : string.Join(',', Items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Metric.Name}:{item.Weight}")));

    /// <summary>What cannot be read is left out; nothing at all means the default.</summary>
    public static WeightList Parse(string? text)
    {
        var items = (text ?? "").Split(',').Select(Item).OfType<MetricWeight>().DistinctBy(item => item.Metric).ToList();
        return items.Count == 0 ? Default : Of(items);
    }

    private static WeightList Of(IEnumerable<MetricWeight> weights)
    {
        var given = weights.ToDictionary(item => item.Metric, item => item);
        var usual = Default.Items.Select(item => given.GetValueOrDefault(item.Metric) is { Metric: not null } found ? found : item with { Weight = 0 });
        return new([.. usual, .. given.Values.Where(item => item.Weight > 0 && Default.Items.All(other => other.Metric != item.Metric))]);
    }

    private static MetricWeight? Item(string text) =>
        text.Split(':') is [var name, var number] && Rankable.FirstOrDefault(metric => metric.Name == name) is { } metric
        && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight is >= 0 and <= 1 ? new MetricWeight(metric, weight) : null;
}
