using System.Collections.Immutable;
using System.Globalization;
using WallTrack.Scenarios;

namespace WallTrack.Comparison;

/// <summary>One decision of a scenario, as a table of several shows it.</summary>
/// <param name="Text">With its unit; every digit that tells two scenarios apart.</param>
public sealed record ScenarioParameter(string Group, string Label, Func<ScenarioDraft, string> Text)
{
    public const string None = "none";
    private const string Off = "off";

    /// <summary>In the order in which a signal meets them.</summary>
    public static ImmutableArray<ScenarioParameter> All { get; } =
    [
        .. Numbers("Scoring", "wallet_weight", "cluster_weight", "token_weight", "context_weight", "score_threshold"),
        .. Numbers("Sizing", "starting_capital_sol", "base_position_sol", "high_conviction_multiplier", "high_conviction_threshold"),
        .. Numbers("Exit", "stop_loss_pct"),
        new("Exit", "Take-profits", draft => draft.TakeProfits.Count == 0 ? None : string.Join(", ", draft.TakeProfits.Select(level => $"{Number(level.Multiplier)}× → {Percent(level.SellFraction)}"))),
        .. Numbers("Exit", "trailing_stop_activation", "trailing_stop_distance").Select(WhileTrailing),
        .. Numbers("Exit", "moonbag_pct", "moonbag_stop_loss_pct", "max_hold_hours", "dead_token_recovery"),
        .. Numbers("Risk and costs", "max_concurrent_positions", "max_daily_trades", "slippage_bps", "fee_bps", "network_fee_sol", "entry_delay_seconds"),
        .. Numbers("Filters", "min_liquidity_usd", "min_token_age_minutes", "max_token_age_minutes"),
    ];

    /// <summary>Whether the scenarios decide it in more than one way; those that are unknown (null) have no say.</summary>
    public bool Differs(IEnumerable<ScenarioDraft?> scenarios) => scenarios.OfType<ScenarioDraft>().Select(Text).Distinct().Skip(1).Any();

    private static IEnumerable<ScenarioParameter> Numbers(string group, params string[] names) =>
        names.Select(name => NumberField.All.Single(field => field.Name == name)).Select(field => new ScenarioParameter(group, field.Label, draft => TextOf(field.Unit, field.Read(draft))));

    private static ScenarioParameter WhileTrailing(ScenarioParameter parameter) =>
        parameter with { Text = draft => draft.TrailingEnabled ? parameter.Text(draft) : Off };

    private static string TextOf(FieldUnit unit, double? value) => value is not { } number ? None : unit switch
    {
        FieldUnit.Fraction => Percent(number),
        FieldUnit.Multiple => $"{Number(number)}×",
        FieldUnit.Sol => $"{Number(number)} SOL",
        FieldUnit.Usd => $"{Number(number)} USD",
        FieldUnit.BasisPoints => $"{Number(number)} bps",
        FieldUnit.Seconds => $"{Number(number)} s",
        FieldUnit.Minutes => $"{Number(number)} min",
        FieldUnit.Hours => $"{Number(number)} h",
        _ => Number(number),
    };

    // Twelve digits: what binary fractions add behind them is nobody's decision.
    private static string Percent(double fraction) => $"{(fraction * 100).ToString("G12", CultureInfo.InvariantCulture)} %";

    private static string Number(double value) => value.ToString("G12", CultureInfo.InvariantCulture);
}
