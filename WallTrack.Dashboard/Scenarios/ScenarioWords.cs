using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>What a scenario decides, in the words of tables and pictures.</summary>
internal static class ScenarioWords
{
    public static string Category(ScenarioCategory category) => category.ToString();

    /// <summary>Two decimals at least, so that a column of them lines up.</summary>
    public static string Decimal(double value) => value.ToString("0.00##");

    /// <summary>One line: the category, the tags, the description.</summary>
    public static string About(Scenario scenario) => string.Join(" · ", new[]
    {
        Category(scenario.Category),
        string.Join(", ", scenario.Tags.Where(tag => tag != ScenarioCopy.PresetTag || Presets.Find(scenario.Id) is null)),
        scenario.Description?.Trim(),
    }.Where(part => !string.IsNullOrEmpty(part)));

    public static string Percent(double fraction) => FieldText.WithUnit(FieldUnit.Fraction, fraction);

    public static string Multiple(double multiple) => FieldText.WithUnit(FieldUnit.Multiple, multiple);

    public static string Level(TakeProfitLevel level) => $"{Percent(level.SellFraction)} at {Multiple(level.Multiplier)}";

    /// <summary>For a column of a table: "2×→33 %, 3×→33 %".</summary>
    public static string TakeProfits(ExitStrategy exit) => exit.TakeProfits.IsEmpty ? FieldText.None
        : string.Join(", ", exit.TakeProfits.Select(level => $"{Multiple(level.Multiplier)}→{Percent(level.SellFraction)}"));

    public static string Trailing(ExitStrategy exit) =>
        exit.TrailingEnabled ? $"{Percent(exit.TrailingDistance)} from {Multiple(exit.TrailingActivation)}" : FieldText.None;

    /// <summary>What happens to a position, in the order in which one asks. What is not legal yet is left out.</summary>
    public static IReadOnlyList<string> Exit(ScenarioDraft draft)
    {
        var sentences = new List<string>();
        var hasMoonbag = draft.Moonbag is > 0 and < 1;
        if (draft.StopLoss is > 0 and <= 1)
            sentences.Add($"At {Multiple(Rounded(1 - draft.StopLoss))} the stop loss sells everything{(hasMoonbag && draft.TakeProfits.Count > 0 ? ", except a moonbag that is already kept" : "")}.");
        sentences.AddRange(draft.TakeProfits.Where(IsLegal).Select((level, place) => $"Take-profit {place + 1} sells {Level(level)}."));
        if (draft.TrailingEnabled && draft.TrailingActivation > 1 && draft.TrailingDistance is > 0 and < 1)
            sentences.Add($"Once the price has reached {Multiple(draft.TrailingActivation)}, a trailing stop follows {Percent(draft.TrailingDistance)} below the peak, at first at {Multiple(Rounded(draft.TrailingActivation * (1 - draft.TrailingDistance)))}.");
        if (hasMoonbag)
            sentences.Add($"{Percent(draft.Moonbag)} is kept as a moonbag once a take-profit has filled; {(draft.MoonbagStopLoss is > 0 and <= 1 and var stop ? $"it is sold at {Multiple(Rounded(1 - stop))}" : "it rides to the end")}.");
        var left = Rounded(1 - (hasMoonbag ? draft.Moonbag : 0) - draft.TakeProfits.Where(IsLegal).Sum(level => level.SellFraction));
        if (left > 0)
            sentences.Add($"{Percent(left)} has no take-profit and waits for a stop{(draft.MaxHoldHours > 0 ? ", the maximum hold" : "")} or the end.");
        if (draft.MaxHoldHours is > 0 and < double.PositiveInfinity)
            sentences.Add($"After {FieldText.WithUnit(FieldUnit.Hours, draft.MaxHoldHours)} everything but a kept moonbag is sold.");
        return sentences;
    }

    public static bool IsLegal(TakeProfitLevel level) => level.Multiplier is > 1 and < double.PositiveInfinity && level.SellFraction is > 0 and <= 1;

    /// <summary>Without the last bits' dust: 1 − 0.66 − 0.34 is nothing.</summary>
    public static double Rounded(double value) => Math.Round(value, 9);
}
