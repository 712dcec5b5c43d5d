using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>What scenario files get wrong, and the sentences that say so.</summary>
public sealed class ScenarioJsonRefusalTests
{
    [Theory]
    [InlineData("""{ "name": "X", "stop_loss": 0.5 }""", "Field \"stop_loss\" is unknown.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "stop_loss": 0.5 } }""", "Field \"exit_strategy.stop_loss\" is unknown.")]
    [InlineData("""{ "name": "X", "scoring_weights": { "wallet": 0.3 } }""", "Field \"scoring_weights.wallet\" is unknown.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": [{ "multiplier": 2, "sell_pct": 0.3 }, { "multiplier": 3, "sell_pct": 0.3, "sell": 1 }] } }""",
        "Field \"exit_strategy.take_profit_levels[1].sell\" is unknown.")]
    [InlineData("""{ "name": "X", "Score_Threshold": 0.5 }""", "Field \"Score_Threshold\" is unknown.")]
    [InlineData("""{ "name": "X", "exit_strategy.stop_loss_pct ": 0.5 }""", "Field \"exit_strategy.stop_loss_pct \" is unknown.")]
    public void An_unknown_field_is_named(string json, string sentence) => Assert.Equal(sentence, Fault(json));

    // A field's full path is how it is named in messages, not how it is written at the top of a file.
    [Fact]
    public void A_nested_field_written_with_dots_is_unknown() =>
        Assert.Equal("Field \"exit_strategy.stop_loss_pct\" is unknown.", Fault("""{ "name": "X", "exit_strategy.stop_loss_pct": 0.4 }"""));

    [Theory]
    [InlineData("""{ "name": 7 }""", "Field \"name\" is a number; it must be a text.")]
    [InlineData("""{ "name": "X", "score_threshold": true }""", "Score threshold is true; it must be a number, at least 0 and at most 1.")]
    [InlineData("""{ "name": "X", "score_threshold": null }""", "Score threshold is null; it must be a number, at least 0 and at most 1.")]
    [InlineData("""{ "name": "X", "score_threshold": [0.5] }""", "Score threshold is [0.5]; it must be a number, at least 0 and at most 1.")]
    [InlineData("""{ "name": "X", "min_liquidity_usd": "much" }""", "Minimum liquidity is \"much\"; it must be a number, at least 0, or null.")]
    [InlineData("""{ "name": "X", "max_daily_trades": 2.5 }""", "Maximum entries per day is 2.5; it must be a whole number, at least 1 and at most 2147483647.")]
    [InlineData("""{ "name": "X", "max_daily_trades": 3000000000 }""", "Maximum entries per day is 3000000000; it must be a whole number, at least 1 and at most 2147483647.")]
    [InlineData("""{ "name": "X", "max_daily_trades": "NaN" }""", "Maximum entries per day is NaN; it must be a whole number, at least 1 and at most 2147483647.")]
    [InlineData("""{ "name": "X", "exit_strategy": 5 }""", "Field \"exit_strategy\" is a number; it must be an object.")]
    [InlineData("""{ "name": "X", "exit_strategy": null }""", "Field \"exit_strategy\" is null; it must be an object.")]
    [InlineData("""{ "name": "X", "scoring_weights": [1] }""", "Field \"scoring_weights\" is an array; it must be an object.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "trailing_stop_enabled": "yes" } }""", "Field \"exit_strategy.trailing_stop_enabled\" is \"yes\"; it must be true or false.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": {} } }""", "Field \"exit_strategy.take_profit_levels\" is an object; it must be an array of levels.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": [2] } }""",
        "Field \"exit_strategy.take_profit_levels[0]\" is a number; a level is an object with multiplier and sell_pct.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": [{ "multiplier": 2 }] } }""",
        "Field \"exit_strategy.take_profit_levels[0]\" needs both multiplier and sell_pct.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": [{ "multiplier": "two", "sell_pct": 0.3 }] } }""",
        "Field \"exit_strategy.take_profit_levels[0].multiplier\" is \"two\"; it must be a number.")]
    [InlineData("""{ "name": "X", "tags": "one" }""", "Tags must be an array of texts.")]
    [InlineData("""{ "name": "X", "tags": [1] }""", "Tags must be an array of texts.")]
    [InlineData("""{ "name": "X", "id": 5 }""", "Id is 5; it must be a UUID.")]
    [InlineData("""{ "name": "X", "id": "12-34" }""", "Id is \"12-34\"; it must be a UUID.")]
    [InlineData("""{ "name": "X", "created_at": "07/01/2026" }""", "Field \"created_at\" is \"07/01/2026\"; it must be an instant such as 2026-07-01T00:00:00Z.")]
    [InlineData("""{ "name": "X", "category": "bold" }""",
        "Category is \"bold\"; it must be one of conservative, moderate, aggressive, experimental, optimization, custom.")]
    [InlineData("""{ "name": "X", "category": "2" }""",
        "Category is \"2\"; it must be one of conservative, moderate, aggressive, experimental, optimization, custom.")]
    public void A_value_of_the_wrong_kind_is_one_sentence(string json, string sentence) => Assert.Equal(sentence, Fault(json));

    [Theory]
    [InlineData("""{ "name": "X", "fee_bps": 1, "fee_bps": 2 }""", "Field \"fee_bps\" stands twice.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "stop_loss_pct": 0.1, "stop_loss_pct": 0.1 } }""", "Field \"exit_strategy.stop_loss_pct\" stands twice.")]
    [InlineData("""{ "name": "X", "exit_strategy": {}, "exit_strategy": {} }""", "Field \"exit_strategy\" stands twice.")]
    [InlineData("""{ "name": "X", "exit_strategy": { "take_profit_levels": [{ "multiplier": 2, "multiplier": 9, "sell_pct": 0.3 }] } }""",
        "Field \"exit_strategy.take_profit_levels[0].multiplier\" stands twice.")]
    public void A_field_that_stands_twice_is_refused(string json, string sentence) => Assert.Equal(sentence, Fault(json));

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData("", 1)]
    [InlineData("[\n{ \"name\": \"X\" }\n{ \"name\": \"Y\" }\n]", 3)]
    [InlineData("{\n\"name\": \"X\",\n\"fee_bps\": 0.5.5\n}", 3)]
    [InlineData("{\n\"name\": \"X", 2)]
    [InlineData("{ \"name\": \"X\" }\n{ \"name\": \"Y\" }", 2)]
    public void What_is_not_JSON_is_refused_with_the_line(string text, int line)
    {
        var refusal = Assert.Throws<ScenarioFileException>(() => ScenarioJson.Read(text));

        Assert.StartsWith($"This is not valid JSON at line {line}:", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "The array of scenarios is empty.")]
    [InlineData("7", "A scenario file holds one JSON object or an array of them, not a number.")]
    [InlineData("\"text\"", "A scenario file holds one JSON object or an array of them, not a text.")]
    [InlineData("null", "A scenario file holds one JSON object or an array of them, not null.")]
    public void JSON_of_another_shape_is_refused(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ScenarioFileException>(() => ScenarioJson.Read(text)).Message);

    [Fact]
    public void Ten_faults_are_ten_sentences()
    {
        var entry = Assert.Single(ScenarioJson.Read(TenFaults));

        Assert.Null(entry.Scenario);
        Assert.Equal(10, entry.Faults.Select(fault => fault.Sentence).Distinct().Count());
        Assert.All(entry.Faults, fault => Assert.EndsWith(".", fault.Sentence, StringComparison.Ordinal));
    }

    internal const string TenFaults = """
        { "name": "Ten", "wallet_weight": 1, "score_threshold": 7, "starting_capital_sol": -1, "high_conviction_multiplier": "a lot",
          "exit_strategy": { "stop_loss_pct": 0, "take_profit_levels": [{ "multiplier": 1, "sell_pct": 2 }], "trailing_stop_enabled": 1 },
          "max_concurrent_positions": 99, "slippage_bps": 9999 }
        """;

    // A fault that only follows from another is left out; one that merely has a similar name must not be.
    [Theory]
    [InlineData("""{ "name": "X", "fee": 1, "fee_bps": -1 }""")]
    [InlineData("""{ "name": "", "name_of_author": "ann" }""")]
    [InlineData("""{ "name": "X", "": 1, "slippage_bps": -1 }""")]
    [InlineData("""{ "name": "X", "exit_strategy": { "stop_loss": 0.2, "stop_loss_pct": 7 } }""")]
    public void An_unknown_field_does_not_hide_the_fault_of_one_with_a_longer_name(string json) =>
        Assert.Equal(2, Assert.Single(ScenarioJson.Read(json)).Faults.Count);

    // Valid JSON by its grammar, but half a surrogate pair is no text: System.Text.Json throws when it is asked for.
    [Theory]
    [InlineData("""{ "name": "\ud800" }""")]
    [InlineData("""{ "name": "X", "\ud800": 1 }""")]
    [InlineData("""{ "name": "X", "tags": ["\udc00"] }""")]
    [InlineData("""{ "name": "X", "score_threshold": "\ud800" }""")]
    public void Half_a_character_is_a_fault_not_a_crash(string json)
    {
        var faults = 0;
        try
        {
            faults = ScenarioJson.Read(json).Sum(entry => entry.Faults.Count);
        }
        catch (ScenarioFileException)
        {
            faults = 1;
        }

        Assert.Equal(1, faults);
    }

    private static string Fault(string json)
    {
        var entry = Assert.Single(ScenarioJson.Read(json));
        Assert.Null(entry.Scenario);
        return Assert.Single(entry.Faults).Sentence;
    }
}
