namespace WallTrack.Scenarios;

/// <summary>Where a number is legal. Infinite ends are open ends.</summary>
public readonly record struct Interval(double Low, bool LowIncluded, double High, bool HighIncluded)
{
    public static Interval AtLeast(double low) => new(low, true, double.PositiveInfinity, false);

    public static Interval Above(double low) => new(low, false, double.PositiveInfinity, false);

    public static Interval Closed(double low, double high) => new(low, true, high, true);

    public bool Contains(double value) =>
        double.IsFinite(value) && (LowIncluded ? value >= Low : value > Low) && (HighIncluded ? value <= High : value < High);

    /// <summary>"above 0 and at most 1": reads on after "must be".</summary>
    public override string ToString()
    {
        var low = (LowIncluded ? "at least " : "above ") + ScenarioRules.Text(Low);
        return double.IsPositiveInfinity(High) ? low : $"{low} and {(HighIncluded ? "at most" : "below")} {ScenarioRules.Text(High)}";
    }
}

/// <summary>What a field's number counts; forms show fractions as percent.</summary>
public enum FieldUnit
{
    None,
    Fraction,
    Multiple,
    Sol,
    Usd,
    BasisPoints,
    Seconds,
    Minutes,
    Hours,
    Count,
}

/// <summary>
/// One numeric decision of a scenario. This table is what validation, files and forms share: a field is described
/// here once, and nowhere else.
/// </summary>
/// <param name="Path">As files name it, e.g. <c>exit_strategy.stop_loss_pct</c>.</param>
/// <param name="IsOptional">May be null, for "none".</param>
public sealed record NumberField(
    string Path, string Label, FieldUnit Unit, Interval Legal, bool IsOptional,
    Func<ScenarioDraft, double?> Read, Action<ScenarioDraft, double?> Write)
{
    /// <summary>Every numeric field, in the order of forms and files.</summary>
    public static IReadOnlyList<NumberField> All { get; } =
    [
        Required("scoring_weights.wallet_weight", "Wallet weight", FieldUnit.None, Interval.AtLeast(0), d => d.WalletWeight, (d, x) => d.WalletWeight = x),
        Required("scoring_weights.cluster_weight", "Cluster weight", FieldUnit.None, Interval.AtLeast(0), d => d.ClusterWeight, (d, x) => d.ClusterWeight = x),
        Required("scoring_weights.token_weight", "Token weight", FieldUnit.None, Interval.AtLeast(0), d => d.TokenWeight, (d, x) => d.TokenWeight = x),
        Required("scoring_weights.context_weight", "Context weight", FieldUnit.None, Interval.AtLeast(0), d => d.ContextWeight, (d, x) => d.ContextWeight = x),
        Required("score_threshold", "Score threshold", FieldUnit.None, Interval.Closed(0, 1), d => d.ScoreThreshold, (d, x) => d.ScoreThreshold = x),
        Required("starting_capital_sol", "Starting capital", FieldUnit.Sol, Interval.Above(0), d => d.StartingCapitalSol, (d, x) => d.StartingCapitalSol = x),
        Required("base_position_sol", "Base position", FieldUnit.Sol, Interval.Above(0), d => d.BasePositionSol, (d, x) => d.BasePositionSol = x),
        Required("high_conviction_multiplier", "High-conviction multiplier", FieldUnit.Multiple, Interval.AtLeast(1), d => d.HighConvictionMultiplier, (d, x) => d.HighConvictionMultiplier = x),
        Required("high_conviction_threshold", "High-conviction threshold", FieldUnit.None, Interval.Closed(0, 1), d => d.HighConvictionThreshold, (d, x) => d.HighConvictionThreshold = x),
        Required("exit_strategy.stop_loss_pct", "Stop loss", FieldUnit.Fraction, new(0, false, 1, true), d => d.StopLoss, (d, x) => d.StopLoss = x),
        Required("exit_strategy.trailing_stop_activation", "Trailing stop activation", FieldUnit.Multiple, Interval.Above(1), d => d.TrailingActivation, (d, x) => d.TrailingActivation = x),
        Required("exit_strategy.trailing_stop_distance", "Trailing stop distance", FieldUnit.Fraction, new(0, false, 1, false), d => d.TrailingDistance, (d, x) => d.TrailingDistance = x),
        Required("exit_strategy.moonbag_pct", "Moonbag", FieldUnit.Fraction, new(0, true, 1, false), d => d.Moonbag, (d, x) => d.Moonbag = x),
        Optional("exit_strategy.moonbag_stop_loss_pct", "Moonbag stop loss", FieldUnit.Fraction, new(0, false, 1, true), d => d.MoonbagStopLoss, (d, x) => d.MoonbagStopLoss = x),
        Optional("exit_strategy.max_hold_hours", "Maximum hold", FieldUnit.Hours, Interval.Above(0), d => d.MaxHoldHours, (d, x) => d.MaxHoldHours = x),
        Required("exit_strategy.dead_token_recovery", "Dead-token recovery", FieldUnit.Fraction, Interval.Closed(0, 1), d => d.DeadTokenRecovery, (d, x) => d.DeadTokenRecovery = x),
        Whole("max_concurrent_positions", "Maximum concurrent positions", Interval.Closed(1, 50), d => d.MaxConcurrentPositions, (d, x) => d.MaxConcurrentPositions = x),
        Whole("max_daily_trades", "Maximum entries per day", Interval.Closed(1, int.MaxValue), d => d.MaxDailyTrades, (d, x) => d.MaxDailyTrades = x),
        Required("slippage_bps", "Slippage", FieldUnit.BasisPoints, Interval.Closed(0, 5000), d => d.SlippageBps, (d, x) => d.SlippageBps = x),
        Required("fee_bps", "Fee", FieldUnit.BasisPoints, Interval.AtLeast(0), d => d.FeeBps, (d, x) => d.FeeBps = x),
        Required("network_fee_sol", "Network fee", FieldUnit.Sol, Interval.AtLeast(0), d => d.NetworkFeeSol, (d, x) => d.NetworkFeeSol = x),
        Required("entry_delay_seconds", "Entry delay", FieldUnit.Seconds, Interval.AtLeast(0), d => d.EntryDelaySeconds, (d, x) => d.EntryDelaySeconds = x),
        Optional("min_liquidity_usd", "Minimum liquidity", FieldUnit.Usd, Interval.AtLeast(0), d => d.MinLiquidityUsd, (d, x) => d.MinLiquidityUsd = x),
        Optional("min_token_age_minutes", "Minimum token age", FieldUnit.Minutes, Interval.AtLeast(0), d => d.MinTokenAgeMinutes, (d, x) => d.MinTokenAgeMinutes = x),
        Optional("max_token_age_minutes", "Maximum token age", FieldUnit.Minutes, Interval.AtLeast(0), d => d.MaxTokenAgeMinutes, (d, x) => d.MaxTokenAgeMinutes = x),
    ];

    /// <summary>The last part of <see cref="Path"/>.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>What is wrong with this value, or null.</summary>
    public ScenarioFault? Fault(double? value)
    {
        if (value is not { } number)
        {
            return IsOptional ? null : new(Path, $"{Label} is missing; it must be {LegalText}.");
        }

        var kind = Unit == FieldUnit.Count ? "a whole number, " : "";
        var why = double.IsInfinity(number) ? " (no finite number)" : "";
        return Legal.Contains(number) && (Unit != FieldUnit.Count || double.IsInteger(number))
            ? null
            : new(Path, $"{Label} is {Spelled(number)}{why}; it must be {kind}{LegalText}{(IsOptional ? ", or none" : "")}.");
    }

    /// <summary>What was given for this field is not even a number.</summary>
    /// <param name="shown">As it was given, in quotation marks where it was a text.</param>
    /// <param name="none">The word for "none" where it was given.</param>
    public ScenarioFault NotANumber(string shown, string none) =>
        new(Path, $"{Label} is {shown}; it must be a number, {LegalText}{(IsOptional ? $", or {none}" : "")}.");

    /// <summary>Of a fraction also in percent, which is how forms show it.</summary>
    private string LegalText => Unit == FieldUnit.Fraction ? $"{Legal} ({ScenarioRules.Percent(Legal.High)})" : $"{Legal}";

    private string Spelled(double number) => ScenarioRules.Text(number) + Unit switch
    {
        FieldUnit.Fraction when double.IsFinite(number) => $" ({ScenarioRules.Percent(number)})",
        FieldUnit.Sol => " SOL",
        FieldUnit.Usd => " USD",
        FieldUnit.BasisPoints => " bps",
        FieldUnit.Seconds => " seconds",
        FieldUnit.Minutes => " minutes",
        FieldUnit.Hours => " hours",
        FieldUnit.Multiple => "×",
        _ => "",
    };

    private static NumberField Required(string path, string label, FieldUnit unit, Interval legal, Func<ScenarioDraft, double> read, Action<ScenarioDraft, double> write) =>
        new(path, label, unit, legal, false, d => read(d), (d, x) => write(d, x ?? throw new ArgumentNullException(nameof(x))));

    private static NumberField Optional(string path, string label, FieldUnit unit, Interval legal, Func<ScenarioDraft, double?> read, Action<ScenarioDraft, double?> write) =>
        new(path, label, unit, legal, true, read, write);

    private static NumberField Whole(string path, string label, Interval legal, Func<ScenarioDraft, int> read, Action<ScenarioDraft, int> write) =>
        new(path, label, FieldUnit.Count, legal, false, d => read(d), (d, x) => write(d, checked((int)(x ?? throw new ArgumentNullException(nameof(x))))));
}
