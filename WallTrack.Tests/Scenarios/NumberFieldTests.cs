using System.Globalization;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>Every number of a scenario against the interval that the contract gives it, at the last float inside and the first outside.</summary>
public sealed class NumberFieldTests
{
    private const double Open = double.PositiveInfinity;

    private sealed record Contract(string Path, Interval Legal, bool IsOptional = false, bool IsWhole = false, bool IsShare = false);

    // As domain.md lists them, written out: this table shares nothing with the product's own.
    private static readonly Contract[] Contracts =
    [
        new("scoring_weights.wallet_weight", new(0, true, Open, false)),
        new("scoring_weights.cluster_weight", new(0, true, Open, false)),
        new("scoring_weights.token_weight", new(0, true, Open, false)),
        new("scoring_weights.context_weight", new(0, true, Open, false)),
        new("score_threshold", new(0, true, 1, true)),
        new("starting_capital_sol", new(0, false, Open, false)),
        new("base_position_sol", new(0, false, Open, false)),
        new("high_conviction_multiplier", new(1, true, Open, false)),
        new("high_conviction_threshold", new(0, true, 1, true)),
        new("exit_strategy.stop_loss_pct", new(0, false, 1, true), IsShare: true),
        new("exit_strategy.trailing_stop_activation", new(1, false, Open, false)),
        new("exit_strategy.trailing_stop_distance", new(0, false, 1, false), IsShare: true),
        new("exit_strategy.moonbag_pct", new(0, true, 1, false), IsShare: true),
        new("exit_strategy.moonbag_stop_loss_pct", new(0, false, 1, true), IsOptional: true, IsShare: true),
        new("exit_strategy.max_hold_hours", new(0, false, Open, false), IsOptional: true),
        new("exit_strategy.dead_token_recovery", new(0, true, 1, true), IsShare: true),
        new("max_concurrent_positions", new(1, true, 50, true), IsWhole: true),
        new("max_daily_trades", new(1, true, int.MaxValue, true), IsWhole: true),
        new("slippage_bps", new(0, true, 5000, true)),
        new("fee_bps", new(0, true, Open, false)),
        new("network_fee_sol", new(0, true, Open, false)),
        new("entry_delay_seconds", new(0, true, Open, false)),
        new("min_liquidity_usd", new(0, true, Open, false), IsOptional: true),
        new("min_token_age_minutes", new(0, true, Open, false), IsOptional: true),
        new("max_token_age_minutes", new(0, true, Open, false), IsOptional: true),
    ];

    public static TheoryData<string> Paths => [.. Contracts.Select(contract => contract.Path)];

    [Fact]
    public void Every_number_of_a_scenario_has_a_contract() =>
        Assert.Equal(Contracts.Select(contract => contract.Path).Order(), NumberField.All.Select(field => field.Path).Order());

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_field_takes_what_lies_inside_its_interval(string path)
    {
        foreach (var value in Inside(ContractOf(path)))
        {
            Assert.Null(Field(path).Fault(value));
            Scenario.TryFrom(With(path, value), out var faults);
            Assert.DoesNotContain(faults, fault => fault.Field == path && fault.Sentence.EndsWith($"must be {Legal(path)}.", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_scenario_cannot_be_built_from_what_lies_outside(string path)
    {
        foreach (var value in Outside(ContractOf(path)))
        {
            var draft = With(path, value);

            Assert.Null(Scenario.TryFrom(draft, out var faults));
            Assert.Equal(path, Assert.Single(faults).Field);
            Assert.Equal(faults, Assert.Throws<InvalidScenarioException>(() => Scenario.From(draft)).Faults);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_refusal_is_a_sentence_with_the_value_and_the_legal_interval(string path)
    {
        foreach (var value in Outside(ContractOf(path)))
        {
            var field = Field(path);
            var sentence = field.Fault(value)!.Sentence;

            Assert.StartsWith($"{field.Label} is ", sentence, StringComparison.Ordinal);
            Assert.Equal(value, double.Parse(Shown(sentence), CultureInfo.InvariantCulture)); // to the last bit
            Assert.EndsWith($"must be {Legal(path)}.", sentence, StringComparison.Ordinal);
            Assert.Equal(double.IsInfinity(value), sentence.Contains("(no finite number)", StringComparison.Ordinal)); // it is "at least 0", and still refused
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void None_is_legal_where_the_contract_says_or_none(string path)
    {
        var fault = Field(path).Fault(null);

        if (ContractOf(path).IsOptional)
            Assert.Null(fault);
        else
            Assert.Contains("is missing", fault!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max_concurrent_positions")]
    [InlineData("max_daily_trades")]
    public void A_count_is_a_whole_number(string path)
    {
        Assert.NotNull(Field(path).Fault(1.5));
        Assert.Contains("a whole number", Field(path).Fault(1.5)!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score_threshold", 1.5, "Score threshold is 1.5; it must be at least 0 and at most 1.")]
    [InlineData("exit_strategy.stop_loss_pct", 0, "Stop loss is 0 (0 %); it must be above 0 and at most 1 (100 %).")]
    [InlineData("exit_strategy.trailing_stop_distance", 1, "Trailing stop distance is 1 (100 %); it must be above 0 and below 1 (100 %).")]
    [InlineData("high_conviction_multiplier", 0.5, "High-conviction multiplier is 0.5×; it must be at least 1.")]
    [InlineData("slippage_bps", 5001, "Slippage is 5001 bps; it must be at least 0 and at most 5000.")]
    [InlineData("max_concurrent_positions", 51, "Maximum concurrent positions is 51; it must be a whole number, at least 1 and at most 50.")]
    [InlineData("exit_strategy.max_hold_hours", -2, "Maximum hold is -2 hours; it must be above 0, or none.")]
    [InlineData("network_fee_sol", -0.001, "Network fee is -0.001 SOL; it must be at least 0.")]
    [InlineData("fee_bps", double.PositiveInfinity, "Fee is Infinity bps (no finite number); it must be at least 0.")]
    public void Refusals_read_like_this(string path, double value, string sentence) => Assert.Equal(sentence, Field(path).Fault(value)!.Sentence);

    [Fact]
    public void A_long_number_does_not_fill_the_sentence() =>
        Assert.InRange(Field("slippage_bps").Fault(1e300)!.Sentence.Length, 1, 120);

    private static NumberField Field(string path) => NumberField.All.Single(field => field.Path == path);

    private static Contract ContractOf(string path) => Contracts.Single(contract => contract.Path == path);

    /// <summary>The number between "is" and its unit.</summary>
    private static string Shown(string sentence)
    {
        var start = sentence.IndexOf(" is ", StringComparison.Ordinal) + 4;
        var end = sentence.AsSpan(start).IndexOfAny(" ;×");
        return sentence[start..(start + end)];
    }

    private static string Legal(string path)
    {
        var (_, legal, isOptional, isWhole, isShare) = ContractOf(path);
        var low = $"{(legal.LowIncluded ? "at least" : "above")} {legal.Low}";
        var high = legal.High == Open ? "" : $" and {(legal.HighIncluded ? "at most" : "below")} {legal.High}";
        return $"{(isWhole ? "a whole number, " : "")}{low}{high}{(isShare ? " (100 %)" : "")}{(isOptional ? ", or none" : "")}";
    }

    private static IEnumerable<double> Inside(Contract contract)
    {
        var legal = contract.Legal;
        yield return legal.LowIncluded ? legal.Low : contract.IsWhole ? legal.Low + 1 : Math.BitIncrement(legal.Low);
        yield return legal.High == Open ? double.MaxValue
            : legal.HighIncluded ? legal.High
            : Math.BitDecrement(legal.High);
    }

    /// <summary>A count's draft holds whole numbers only, so its outside begins a whole step away.</summary>
    private static IEnumerable<double> Outside(Contract contract)
    {
        var legal = contract.Legal;
        if (contract.IsWhole)
        {
            yield return legal.Low - 1;
            if (legal.High < int.MaxValue)
                yield return legal.High + 1;
            yield break;
        }

        yield return legal.LowIncluded ? Math.BitDecrement(legal.Low) : legal.Low;
        if (legal.High != Open)
            yield return legal.HighIncluded ? Math.BitIncrement(legal.High) : legal.High;
        yield return double.NaN;
        yield return double.PositiveInfinity;
        yield return double.NegativeInfinity;
    }

    private static ScenarioDraft With(string path, double value)
    {
        var draft = new ScenarioDraft { Name = "Edge" };
        Field(path).Write(draft, value);
        return draft;
    }
}
