using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>The rules that bind several fields of a scenario together.</summary>
public sealed class CrossFieldRulesTests
{
    [Theory]
    [InlineData(0.31, 0.25, 0.25, 0.20)]
    [InlineData(0.29, 0.25, 0.25, 0.20)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0.3334, 0.3333, 0.3333, 0)]
    public void Weights_that_add_up_to_one_give_or_take_a_hundredth_are_legal(double wallet, double cluster, double token, double context) =>
        Assert.Empty(Weights(wallet, cluster, token, context).Faults());

    [Theory]
    [InlineData(0.310001, 0.25, 0.25, 0.20)]
    [InlineData(0.289999, 0.25, 0.25, 0.20)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(30, 25, 25, 20)]
    public void Other_sums_of_weights_are_refused_with_the_sum(double wallet, double cluster, double token, double context)
    {
        var fault = Single(Weights(wallet, cluster, token, context));

        Assert.Equal("scoring_weights", fault.Field);
        Assert.Matches(@"^The four scoring weights add up to [\d.]+; their sum must be 1 ± 0\.01\.$", fault.Sentence);
    }

    [Fact]
    public void A_wrong_weight_is_one_mistake_not_two() =>
        Assert.Equal("scoring_weights.wallet_weight", Single(Weights(-5, 0.25, 0.25, 0.20)).Field);

    [Fact]
    public void The_base_position_may_be_all_of_the_capital_and_no_more()
    {
        Assert.Empty(Draft(d => (d.StartingCapitalSol, d.BasePositionSol) = (2, 2)).Faults());
        Assert.Equal("Base position is 2.5 SOL; it must be above 0 and at most the starting capital, 2 SOL.",
            Single(Draft(d => (d.StartingCapitalSol, d.BasePositionSol) = (2, 2.5))).Sentence);
        Assert.NotEmpty(Draft(d => (d.StartingCapitalSol, d.BasePositionSol) = (2, Math.BitIncrement(2.0))).Faults());
    }

    [Fact]
    public void Take_profit_levels_ascend()
    {
        Assert.Empty(Ladder([new(1.5, 0.3), new(Math.BitIncrement(1.5), 0.3)]).Faults());
        Assert.Equal("Take-profit level 2 has multiplier 1.5; levels must ascend, so it must be above 1.5.", Single(Ladder([new(1.5, 0.3), new(1.5, 0.3)])).Sentence);
        Assert.Equal("exit_strategy.take_profit_levels[2].multiplier", Single(Ladder([new(1.5, 0.1), new(3, 0.1), new(2, 0.1)])).Field);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    [InlineData(-2.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_take_profit_multiplier_is_finite_and_above_one(double multiplier) =>
        Assert.Equal("exit_strategy.take_profit_levels[0].multiplier", Single(Ladder([new(multiplier, 0.3)])).Field);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(1.0000000000000002)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_sell_fraction_is_above_zero_and_at_most_one(double fraction) =>
        Assert.Equal("exit_strategy.take_profit_levels[0].sell_pct", Single(Ladder([new(2, fraction)])).Field);

    [Fact]
    public void Ten_levels_are_legal_and_eleven_are_not()
    {
        static TakeProfitLevel[] Levels(int count) => [.. Enumerable.Range(1, count).Select(i => new TakeProfitLevel(1 + i, 0.05))];

        Assert.Empty(Ladder(Levels(10)).Faults());
        Assert.Equal("There are 11 take-profit levels; at most 10 are allowed.", Single(Ladder(Levels(11))).Sentence);
    }

    [Fact]
    public void No_levels_are_legal() => Assert.Empty(Ladder([]).Faults());

    [Theory]
    [InlineData(0.5, 0.5, 0.0)]
    [InlineData(0.33, 0.33, 0.34)]
    [InlineData(0.5, 0.4, 0.1000000009)]
    public void Fractions_and_moonbag_may_sell_the_whole_give_or_take_a_billionth(double first, double second, double moonbag) =>
        Assert.Empty(Draft(d => { d.TakeProfits = [new(2, first), new(3, second)]; d.Moonbag = moonbag; }).Faults());

    [Theory]
    [InlineData(0.5, 0.4, 0.100000002)]
    [InlineData(1.0, 1.0, 0.0)]
    [InlineData(0.5, 0.3, 0.34)]
    public void Fractions_and_moonbag_may_not_sell_more(double first, double second, double moonbag)
    {
        var fault = Single(Draft(d => { d.TakeProfits = [new(2, first), new(3, second)]; d.Moonbag = moonbag; }));

        Assert.Matches(@"^The sell fractions and the moonbag add up to [\d.]+ \([\d.]+ %\); together they must be at most 1 \(100 %\)\.$", fault.Sentence);
    }

    [Theory]
    [InlineData("", "Name has 0 characters; it must have 1 to 100.")]
    [InlineData(" \t ", "Name has 0 characters; it must have 1 to 100.")]
    public void A_name_is_needed(string name, string sentence) => Assert.Equal(sentence, Single(new() { Name = name }).Sentence);

    [Fact]
    public void A_name_has_at_most_a_hundred_characters()
    {
        Assert.Empty(new ScenarioDraft { Name = new('n', 100) }.Faults());
        Assert.Equal("Name has 101 characters; it must have 1 to 100.", Single(new() { Name = new('n', 101) }).Sentence);
    }

    [Fact]
    public void Ten_faults_in_one_draft_are_ten_sentences()
    {
        var draft = new ScenarioDraft
        {
            Name = "",
            WalletWeight = -1,
            ScoreThreshold = 2,
            StartingCapitalSol = 0,
            HighConvictionMultiplier = 0,
            StopLoss = 0,
            TakeProfits = [new(0.5, 2)],
            MaxConcurrentPositions = 0,
            SlippageBps = -1,
        };

        var thrown = Assert.Throws<InvalidScenarioException>(() => Scenario.From(draft));

        Assert.Equal(10, thrown.Faults.Count);
        Assert.Equal(10, thrown.Faults.Select(fault => fault.Sentence).Distinct().Count());
        Assert.All(thrown.Faults, fault => Assert.EndsWith(".", fault.Sentence, StringComparison.Ordinal));
        Assert.All(thrown.Faults, fault => Assert.Contains(fault.Sentence, thrown.Message, StringComparison.Ordinal));
    }

    private static ScenarioDraft Weights(double wallet, double cluster, double token, double context) =>
        Draft(d => (d.WalletWeight, d.ClusterWeight, d.TokenWeight, d.ContextWeight) = (wallet, cluster, token, context));

    private static ScenarioDraft Ladder(TakeProfitLevel[] levels) => Draft(d => { d.TakeProfits = levels; d.Moonbag = 0; });

    private static ScenarioDraft Draft(Action<ScenarioDraft> change)
    {
        var draft = new ScenarioDraft { Name = "Rules" };
        change(draft);
        return draft;
    }

    private static ScenarioFault Single(ScenarioDraft draft) => Assert.Single(draft.Faults());
}
