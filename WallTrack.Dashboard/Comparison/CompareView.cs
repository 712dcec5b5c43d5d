using System.Collections.Immutable;
using System.Globalization;
using WallTrack.Comparison;
using WallTrack.Dashboard.Backtests;

namespace WallTrack.Dashboard.Comparison;

/// <summary>How an address names a result: by its position in the batch of the address, or by its own id.</summary>
public readonly record struct ResultKey
{
    private readonly int? _position;
    private readonly Guid _id;

    private ResultKey(int? position, Guid id) => (_position, _id) = (position, id);

    public int? Position => _position;

    public Guid Id => _id;

    public static ResultKey At(int position) => new(position, default);

    public static ResultKey Of(Guid id) => new(null, id);

    public static ResultKey? Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? At(position)
        : Guid.TryParseExact(text, "D", out var id) ? Of(id) : null;

    public static ImmutableArray<ResultKey> List(string? text) => [.. (text ?? "").Split(',').Select(Parse).OfType<ResultKey>().Distinct()];

    public override string ToString() => Position is { } position ? position.ToString(CultureInfo.InvariantCulture) : Id.ToString();
}

/// <summary>A comparison as its address tells it: what is compared, and how it is looked at.</summary>
public sealed record CompareView
{
    /// <summary>Side by side.</summary>
    public const int MostScenarios = 50;

    /// <summary>In charts: more lines could not be told apart.</summary>
    public const int MostCurves = 20;

    private const string NoCurves = "none";

    public Guid? Batch { get; init; }

    /// <summary>In the order of columns; empty for the best ten of the batch.</summary>
    public ImmutableArray<ResultKey> Results { get; init; } = [];

    public WeightList Weights { get; init; } = WeightList.Default;

    public ResultKey? Baseline { get; init; }

    /// <summary>Null for the first of all.</summary>
    public ImmutableArray<ResultKey>? Curves { get; init; }

    /// <summary>Of the parameters, those alone that not all share.</summary>
    public bool OnlyDifferences { get; init; }

    public CurveView Look { get; init; }

    /// <param name="query">The value of a name, or null. What cannot be read means nothing.</param>
    public static CompareView Of(Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Guid? batch = Guid.TryParse(query("batch"), out var id) ? id : null;
        var positions = batch is null ? [] : ResultKey.List(query("results")).Where(key => key.Position is not null);
        return new()
        {
            Batch = batch,
            Results = [.. positions, .. ResultKey.List(query("ids")).Where(key => key.Position is null)],
            Weights = WeightList.Parse(query("weights")),
            Baseline = ResultKey.Parse(query("baseline")),
            Curves = query("curves") switch { null or "" => null, NoCurves => [], var curves => ResultKey.List(curves) },
            OnlyDifferences = query("parameters") == "different",
            Look = CurveView.Of(query("from"), query("to"), query("unit")),
        };
    }

    /// <summary>For the address; null where nothing need be said.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>(Look.Parameters)
    {
        ["batch"] = Batch?.ToString(),
        ["results"] = Join(Results.Where(key => key.Position is not null)),
        ["ids"] = Join(Results.Where(key => key.Position is null)),
        ["weights"] = Weights.IsDefault ? null : Weights.Text,
        ["baseline"] = Baseline?.ToString(),
        ["curves"] = Curves is not { } curves ? null : curves.IsEmpty ? NoCurves : Join(curves),
        ["parameters"] = OnlyDifferences ? "different" : null,
    };

    /// <param name="shown">The results that are shown now.</param>
    public CompareView Without(ResultKey key, IEnumerable<ResultKey> shown) => this with
    {
        Results = [.. shown.Where(other => other != key)],
        Baseline = Baseline == key ? null : Baseline,
        Curves = Curves is { } curves ? curves.Remove(key) : null,
    };

    /// <inheritdoc cref="Without"/>
    public CompareView With(ResultKey key, IEnumerable<ResultKey> shown) => this with { Results = [.. shown.Append(key).Distinct()] };

    private static string? Join(IEnumerable<ResultKey> keys) => string.Join(',', keys) is { Length: > 0 } text ? text : null;
}
