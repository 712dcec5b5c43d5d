using System.Globalization;

namespace WallTrack.Scenarios;

/// <summary>One broken rule: the field as files name it, and a sentence with the value and the legal interval.</summary>
public sealed record ScenarioFault(string Field, string Sentence);

/// <summary>A draft that was taken for a scenario breaks at least one rule.</summary>
public sealed class InvalidScenarioException(string name, IReadOnlyList<ScenarioFault> faults)
    : Exception($"Scenario \"{name}\" is not valid. {string.Join(' ', faults.Select(f => f.Sentence))}")
{
    public IReadOnlyList<ScenarioFault> Faults { get; } = faults;
}

/// <summary>The rules a scenario obeys: the interval of each field, and the few that bind fields together.</summary>
internal static class ScenarioRules
{
    internal const int NameLength = 100;
    private const int MaxTakeProfits = 10;
    private const int SumDecimals = 12; // what adding leaves behind them is nobody's mistake

    internal static List<ScenarioFault> Check(ScenarioDraft draft)
    {
        var faults = new List<ScenarioFault>();
        if (draft.Name.Trim().Length is 0 or > NameLength)
        {
            faults.Add(new("name", $"Name has {draft.Name.Trim().Length} characters; it must have 1 to {NameLength}."));
        }

        if (!Enum.IsDefined(draft.Category))
        {
            faults.Add(new("category", $"Category {(int)draft.Category} does not exist."));
        }

        foreach (var field in NumberField.All)
        {
            if (field.Fault(field.Read(draft)) is { } fault)
            {
                faults.Add(fault);
            }
        }

        // A rule that binds fields together speaks only where each of them is legal by itself: one mistake, one sentence.
        CheckWeights(draft, faults);
        CheckBasePosition(draft, faults);
        CheckTakeProfits(draft, faults);
        return faults;
    }

    private static void CheckWeights(ScenarioDraft draft, List<ScenarioFault> faults)
    {
        var sum = draft.WalletWeight + draft.ClusterWeight + draft.TokenWeight + draft.ContextWeight;
        if (!Any(faults, "scoring_weights") && !(Math.Abs(sum - 1) <= 0.01 + 1e-12))
        {
            faults.Add(new("scoring_weights", $"The four scoring weights add up to {Text(Math.Round(sum, SumDecimals))}; their sum must be 1 ± 0.01."));
        }
    }

    private static void CheckBasePosition(ScenarioDraft draft, List<ScenarioFault> faults)
    {
        if (!Any(faults, "base_position_sol") && !Any(faults, "starting_capital_sol") && draft.BasePositionSol > draft.StartingCapitalSol)
        {
            faults.Add(new("base_position_sol",
                $"Base position is {Text(draft.BasePositionSol)} SOL; it must be above 0 and at most the starting capital, {Text(draft.StartingCapitalSol)} SOL."));
        }
    }

    private static void CheckTakeProfits(ScenarioDraft draft, List<ScenarioFault> faults)
    {
        const string field = "exit_strategy.take_profit_levels";
        var levels = draft.TakeProfits;
        if (levels.Count > MaxTakeProfits)
        {
            faults.Add(new(field, $"There are {levels.Count} take-profit levels; at most {MaxTakeProfits} are allowed."));
        }

        for (var i = 0; i < levels.Count; i++)
        {
            var (multiplier, fraction) = levels[i];
            if (!(multiplier > 1 && double.IsFinite(multiplier)))
            {
                faults.Add(new($"{field}[{i}].multiplier", $"Take-profit level {i + 1} has multiplier {Text(multiplier)}; it must be above 1."));
            }
            else if (i > 0 && multiplier <= levels[i - 1].Multiplier)
            {
                faults.Add(new($"{field}[{i}].multiplier",
                    $"Take-profit level {i + 1} has multiplier {Text(multiplier)}; levels must ascend, so it must be above {Text(levels[i - 1].Multiplier)}."));
            }

            if (!(fraction > 0 && fraction <= 1))
            {
                faults.Add(new($"{field}[{i}].sell_pct", $"Take-profit level {i + 1} sells the fraction {Text(fraction)}{InPercent(fraction)}; it must be above 0 and at most 1 (100 %)."));
            }
        }

        var sold = levels.Sum(level => level.SellFraction) + draft.Moonbag;
        if (!Any(faults, field) && !Any(faults, "exit_strategy.moonbag_pct") && sold > 1 + 1e-9)
        {
            faults.Add(new(field, $"The sell fractions and the moonbag add up to {Text(Math.Round(sold, SumDecimals))}{InPercent(sold)}; together they must be at most 1 (100 %)."));
        }
    }

    private static bool Any(List<ScenarioFault> faults, string field) =>
        faults.Exists(fault => fault.Field.StartsWith(field, StringComparison.Ordinal));

    private static string InPercent(double fraction) => double.IsFinite(fraction) ? $" ({Percent(fraction)})" : "";

    internal static string Percent(double fraction) => $"{Text(Math.Round(fraction * 100, 6))} %";

    /// <summary>Short where that says it all; every digit where it takes them.</summary>
    internal static string Text(double value) => Math.Abs(value) is >= 1e15 or (> 0 and < 1e-9) ? value.ToString("R", CultureInfo.InvariantCulture) : value.ToString("0.############", CultureInfo.InvariantCulture) is var plain
        && double.Parse(plain, CultureInfo.InvariantCulture) == value
            ? plain
            : value.ToString("R", CultureInfo.InvariantCulture);
}
