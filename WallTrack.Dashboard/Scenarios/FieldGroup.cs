using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Fields that stand together in the form, in the order in which a signal meets them.</summary>
/// <param name="Id">For anchors and labels.</param>
/// <param name="Explanation">One sentence for whoever sees the form for the first time.</param>
public sealed record FieldGroup(string Id, string Title, string Explanation, IReadOnlyList<NumberField> Fields)
{
    public static FieldGroup Scoring { get; } = new("scoring", "Scoring",
        "A signal's score is the sum of its four components, each times its weight. From the threshold up it is traded.",
        Named("wallet_weight", "cluster_weight", "token_weight", "context_weight", "score_threshold"));

    public static FieldGroup Sizing { get; } = new("sizing", "Sizing",
        "What a position costs. From the high-conviction threshold up, the base position is multiplied.",
        Named("starting_capital_sol", "base_position_sol", "high_conviction_multiplier", "high_conviction_threshold"));

    /// <summary>The take-profit levels and the switch of the trailing stop are no numbers and stand beside these.</summary>
    public static FieldGroup Exit { get; } = new("exit", "Exit",
        "When a position is sold. Multiples are of the entry price, percentages of the initial quantity or below a price.",
        Named("stop_loss_pct", "trailing_stop_activation", "trailing_stop_distance", "moonbag_pct", "moonbag_stop_loss_pct", "max_hold_hours", "dead_token_recovery"));

    public static FieldGroup Risk { get; } = new("risk", "Risk and costs",
        "How much is at stake at once, and what trading costs. Days are UTC days.",
        Named("max_concurrent_positions", "max_daily_trades", "slippage_bps", "fee_bps", "network_fee_sol", "entry_delay_seconds"));

    public static FieldGroup Filters { get; } = new("filters", "Filters",
        "Which signals are considered at all. Empty asks nothing; a signal that lacks an asked figure is left out.",
        Named("min_liquidity_usd", "min_token_age_minutes", "max_token_age_minutes"));

    public static IReadOnlyList<FieldGroup> All { get; } = [Scoring, Sizing, Exit, Risk, Filters];

    /// <summary>What a label cannot say.</summary>
    public static string? HintOf(NumberField field) => field.Name switch
    {
        "stop_loss_pct" => "below the entry",
        "trailing_stop_activation" => "of the entry",
        "trailing_stop_distance" => "below the peak",
        "moonbag_pct" => "of the initial quantity, kept after the first take-profit",
        "moonbag_stop_loss_pct" => "below the entry; empty: it rides to the end",
        "max_hold_hours" => "empty: no limit",
        "dead_token_recovery" => "of the last price, when a token's bars end early",
        "fee_bps" => "of each fill",
        "network_fee_sol" => "per fill",
        "entry_delay_seconds" => "from the signal to the entry",
        "slippage_bps" => "on entry and sale",
        _ => null,
    };

    private static NumberField[] Named(params string[] names) => [.. names.Select(name => NumberField.All.Single(field => field.Name == name))];
}
