using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;
using WallTrack.Tests.Scenarios;

namespace WallTrack.Tests.ScenariosPage;

public sealed class ScenarioFormTests
{
    [Fact]
    public void A_form_that_nobody_touched_changes_no_bit() => Assert.All(RandomScenarios.Take(500, seed: 5), scenario =>
    {
        var form = new ScenarioForm(scenario.ToDraft());
        var reading = form.Read();

        Assert.Empty(reading.Faults);
        Assert.False(form.IsChanged);
        Assert.Equal(ScenarioBits.Of(scenario), ScenarioBits.Of(Scenario.From(reading.Draft)));
    });

    [Fact]
    public void Every_number_of_a_scenario_stands_in_one_group() =>
        Assert.Equal(NumberField.All.Select(field => field.Path), FieldGroup.All.SelectMany(group => group.Fields).Select(field => field.Path));

    [Theory]
    [InlineData("exit_strategy.stop_loss_pct", "150", "Stop loss is 1.5 (150 %); it must be above 0 and at most 1 (100 %).")]
    [InlineData("slippage_bps", "abc", "Slippage is \"abc\"; it must be a number, at least 0 and at most 5000.")]
    [InlineData("max_concurrent_positions", "2.5", "Maximum concurrent positions is 2.5; it must be a whole number, at least 1 and at most 50.")]
    [InlineData("max_concurrent_positions", "1e20", "Maximum concurrent positions is 1E+20; it must be a whole number, at least 1 and at most 50.")]
    [InlineData("max_concurrent_positions", "many", "Maximum concurrent positions is \"many\"; it must be a number, at least 1 and at most 50.")]
    [InlineData("max_concurrent_positions", "", "Maximum concurrent positions is missing; it must be at least 1 and at most 50.")]
    [InlineData("score_threshold", " ", "Score threshold is missing; it must be at least 0 and at most 1.")]
    [InlineData("exit_strategy.max_hold_hours", "soon", "Maximum hold is \"soon\"; it must be a number, above 0, or empty.")]
    [InlineData("base_position_sol", "11", "Base position is 11 SOL; it must be above 0 and at most the starting capital, 10 SOL.")]
    [InlineData("starting_capital_sol", "all of it", "Starting capital is \"all of it\"; it must be a number, above 0.")] // and no word on the base position
    [InlineData("scoring_weights.wallet_weight", "x", "Wallet weight is \"x\"; it must be a number, at least 0.")] // and no word on the sum
    public void One_mistake_has_one_sentence(string path, string text, string sentence)
    {
        var form = Named();
        form[NumberField.All.Single(field => field.Path == path)] = text;

        var reading = form.Read();

        Assert.Equal(sentence, Assert.Single(reading.Faults).Sentence);
        Assert.Equal([sentence], reading.About(path));
        Assert.True(form.IsChanged);
        Assert.Equal(1, FieldGroup.All.Sum(reading.CountIn));
    }

    [Fact]
    public void An_emptied_optional_field_is_none()
    {
        var form = new ScenarioForm(new() { Name = "Held", MaxHoldHours = 5 });
        var field = NumberField.All.Single(field => field.Name == "max_hold_hours");
        Assert.Equal("5", form[field]);

        form[field] = "";

        Assert.Null(Scenario.From(form.Read().Draft).Exit.MaxHoldHours);
    }

    [Fact]
    public void Levels_are_named_by_their_place()
    {
        var form = Named();
        (form.Levels[0].Multiplier, form.Levels[0].Sells, form.Levels[1].Multiplier) = ("two", "", "1");

        Assert.Equal(
        [
            "Take-profit level 1 has multiplier \"two\"; it must be a number, above 1.",
            "Take-profit level 1 sells empty; it must be a number, above 0 and at most 1 (100 %).",
            "Take-profit level 2 has multiplier 1; it must be above 1.",
        ], form.Read().Faults.Select(fault => fault.Sentence));
    }

    [Fact]
    public void More_sold_than_there_is_concerns_all_levels()
    {
        var form = Named();
        form.Levels[0].Sells = "50";

        var fault = Assert.Single(form.Read().Faults);

        Assert.Equal(("exit_strategy.take_profit_levels", "The sell fractions and the moonbag add up to 1.17 (117 %); together they must be at most 1 (100 %)."), (fault.Field, fault.Sentence));
    }

    [Fact]
    public void An_added_level_stands_above_the_last_and_takes_what_is_left()
    {
        var form = new ScenarioForm(new() { Name = "Ladder", TakeProfits = [new(2.5, 0.5)], Moonbag = 0.2 });

        form.AddLevel();

        Assert.Equal(("3", "30"), (form.Levels[^1].Multiplier, form.Levels[^1].Sells));
        Assert.Empty(form.Read().Faults);
    }

    [Fact]
    public void Typing_a_change_and_taking_it_back_is_no_change()
    {
        var form = Named();
        form.Tags.Add("x");
        Assert.True(form.IsChanged);
        form.Tags.Remove("x");
        Assert.False(form.IsChanged);
        form.TrailingEnabled = false;
        form.Keep();
        Assert.False(form.IsChanged);
    }

    [Fact]
    public void A_copy_has_a_free_name_and_no_past()
    {
        var original = Scenario.From(new() { Id = Guid.NewGuid(), Name = new string('n', 100), CreatedAt = DateTime.UnixEpoch, CreatedBy = "me", IsPreset = true, Tags = ["preset"] });
        var first = ScenarioCopy.Of(original, Guid.NewGuid(), [original]);
        var second = ScenarioCopy.Of(original, Guid.NewGuid(), [original, Scenario.From(first)]);
        var ofPreset = ScenarioCopy.Of(Presets.Balanced, Guid.NewGuid(), Presets.All);

        Assert.Equal((new string('n', 93) + " (copy)", new string('n', 91) + " (copy 2)"), (first.Name, second.Name));
        Assert.Equal((null, null, false), (first.CreatedAt, first.CreatedBy, first.IsPreset));
        Assert.Equal(["preset"], first.Tags); // an operator's own word
        Assert.Empty(ofPreset.Tags);
        Assert.Equal("Balanced (copy)", ofPreset.Name);
    }

    private static ScenarioForm Named() => new(new() { Name = "Named" });
}
