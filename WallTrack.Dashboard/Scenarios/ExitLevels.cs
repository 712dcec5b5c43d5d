using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

internal enum ExitLevelKind
{
    TakeProfit,
    Entry,
    Stop,
    TrailingWakes,
    Trailing,
    MoonbagStop,
}

/// <summary>A price at which something happens, placed in the picture; lengths count from its top left.</summary>
/// <param name="Multiple">Of the entry price.</param>
/// <param name="LabelY">Where its words stand: moved as far as its neighbours' words ask.</param>
internal readonly record struct ExitLevel(ExitLevelKind Kind, double Multiple, string Words, double Y, double LabelY);

/// <summary>What is held of a position's main part while the price lies between two levels.</summary>
/// <param name="Share">Of the initial quantity.</param>
internal readonly record struct HeldShare(double Top, double Bottom, double Share);

/// <summary>
/// An exit strategy laid out for drawing: a price axis as multiples of the entry, logarithmic, so that doubling is as
/// long as halving. What is not legal yet is left out.
/// </summary>
internal sealed class ExitLevels
{
    public const double LabelGap = 18;
    private const double Margin = 14;
    private const double LeastHeight = 232;
    private const double LowestMultiple = 0.05; // a stop at nothing has no place on a logarithmic axis: it stands at the bottom
    private readonly double _lowest;
    private readonly double _highest;

    private ExitLevels(ScenarioDraft draft)
    {
        var levels = Collect(draft).OrderByDescending(level => level.Multiple).ThenBy(level => level.Kind).ToList();
        Height = Math.Max(LeastHeight, ((levels.Count - 1) * LabelGap) + (2 * Margin));
        (_lowest, _highest) = (Math.Max(LowestMultiple, levels.Min(level => level.Multiple)), levels.Max(level => level.Multiple));
        _lowest = Math.Min(_lowest, 0.8);
        _highest = Math.Max(_highest, 1.25) * 1.1;
        Levels = Spread([.. levels.Select(level => new ExitLevel(level.Kind, level.Multiple, level.Words, YOf(level.Multiple), 0))]);
        Moonbag = draft.Moonbag is > 0 and < 1 ? draft.Moonbag : 0;
        MoonbagBottom = draft.MoonbagStopLoss is > 0 and <= 1 and var stop ? YOf(1 - stop) : Height;
        Held = [.. Steps(draft)];
    }

    /// <summary>From the highest price to the lowest.</summary>
    public IReadOnlyList<ExitLevel> Levels { get; }

    /// <summary>From the stop upwards.</summary>
    public IReadOnlyList<HeldShare> Held { get; }

    /// <summary>Share of the initial quantity, 0 for none.</summary>
    public double Moonbag { get; }

    public double MoonbagBottom { get; }

    public double Height { get; }

    public static ExitLevels Of(ScenarioDraft draft) => new(draft);

    private static IEnumerable<(ExitLevelKind Kind, double Multiple, string Words)> Collect(ScenarioDraft draft)
    {
        yield return (ExitLevelKind.Entry, 1, "entry");
        if (draft.StopLoss is > 0 and <= 1)
            yield return (ExitLevelKind.Stop, ScenarioWords.Rounded(1 - draft.StopLoss), "stop loss");
        foreach (var (place, level) in draft.TakeProfits.Index().Where(pair => ScenarioWords.IsLegal(pair.Item)))
            yield return (ExitLevelKind.TakeProfit, level.Multiplier, $"take-profit {place + 1}: sell {ScenarioWords.Percent(level.SellFraction)}");
        if (draft.TrailingEnabled && draft.TrailingActivation is > 1 and < double.PositiveInfinity && draft.TrailingDistance is > 0 and < 1)
        {
            yield return (ExitLevelKind.TrailingWakes, draft.TrailingActivation, "trailing stop wakes");
            yield return (ExitLevelKind.Trailing, ScenarioWords.Rounded(draft.TrailingActivation * (1 - draft.TrailingDistance)), "trailing stop, at first");
        }

        if (draft.Moonbag is > 0 and < 1 && draft.MoonbagStopLoss is > 0 and <= 1 and var stop)
            yield return (ExitLevelKind.MoonbagStop, ScenarioWords.Rounded(1 - stop), "moonbag stop");
    }

    /// <summary>From the first to the last, each label at its level or below the label before; what would fall out below moves up again.</summary>
    private ExitLevel[] Spread(ExitLevel[] levels)
    {
        var next = Margin;
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = levels[i] with { LabelY = Math.Max(levels[i].Y, next) };
            next = levels[i].LabelY + LabelGap;
        }

        next = Height - Margin;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            levels[i] = levels[i] with { LabelY = Math.Min(levels[i].LabelY, next) };
            next = levels[i].LabelY - LabelGap;
        }

        return levels;
    }

    private IEnumerable<HeldShare> Steps(ScenarioDraft draft)
    {
        var bottom = draft.StopLoss is > 0 and <= 1 ? YOf(1 - draft.StopLoss) : Height;
        var share = 1 - Moonbag;
        foreach (var level in draft.TakeProfits.Where(ScenarioWords.IsLegal).OrderBy(level => level.Multiplier))
        {
            var top = YOf(level.Multiplier);
            yield return new(top, bottom, share);
            (bottom, share) = (top, ScenarioWords.Rounded(Math.Max(0, share - level.SellFraction)));
        }

        if (share > 0)
            yield return new(0, bottom, share);
    }

    private double YOf(double multiple) =>
        Margin + ((Math.Log(_highest) - Math.Log(Math.Clamp(multiple, _lowest, _highest))) / (Math.Log(_highest) - Math.Log(_lowest)) * (Height - (2 * Margin)));
}
