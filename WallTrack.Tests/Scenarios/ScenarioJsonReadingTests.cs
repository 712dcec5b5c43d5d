using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>What scenario files may look like.</summary>
public sealed class ScenarioJsonReadingTests
{
    // The example of the format's description, comment and all; only its id is a real one.
    private const string Documented = """
        { "id": "5e7a11c0-0000-4000-8000-000000000001", "name": "Balanced", "description": null,
          "category": "moderate",            // conservative | moderate | aggressive | experimental | optimization | custom
          "tags": ["baseline"],
          "scoring_weights": { "wallet_weight": 0.30, "cluster_weight": 0.25, "token_weight": 0.25, "context_weight": 0.20 },
          "score_threshold": 0.70,
          "starting_capital_sol": 10, "base_position_sol": 0.1,
          "high_conviction_multiplier": 1.5, "high_conviction_threshold": 0.85,
          "exit_strategy": {
            "stop_loss_pct": 0.50,
            "take_profit_levels": [ { "multiplier": 2.0, "sell_pct": 0.33 }, { "multiplier": 3.0, "sell_pct": 0.33 } ],
            "trailing_stop_enabled": true, "trailing_stop_activation": 2.0, "trailing_stop_distance": 0.30,
            "moonbag_pct": 0.34, "moonbag_stop_loss_pct": null, "max_hold_hours": null, "dead_token_recovery": 1.0 },
          "max_concurrent_positions": 5, "max_daily_trades": 10,
          "slippage_bps": 100, "fee_bps": 0, "network_fee_sol": 0, "entry_delay_seconds": 0,
          "min_liquidity_usd": null, "min_token_age_minutes": null, "max_token_age_minutes": null }
        """;

    [Fact]
    public void The_documented_example_is_read()
    {
        var scenario = One(Documented);

        Assert.Equal(Guid.Parse("5e7a11c0-0000-4000-8000-000000000001"), scenario.Id);
        Assert.Equal((ScenarioCategory.Moderate, "Balanced", null), (scenario.Category, scenario.Name, scenario.Description));
        Assert.Equal(["baseline"], scenario.Tags);
        Assert.Equal(ScenarioBits.Numbers(Presets.Balanced), ScenarioBits.Numbers(scenario));
        Assert.Equal(Presets.Balanced.Exit, scenario.Exit);
    }

    [Fact]
    public void Every_documented_field_is_written_and_no_other()
    {
        var written = ScenarioJson.Write(Scenario.From(new() { Name = "Written" }));

        Assert.Equal(Names(Documented), Names(written));
    }

    [Fact]
    public void Missing_fields_take_their_defaults()
    {
        var scenario = One("""{ "name": "Short", "exit_strategy": { "stop_loss_pct": 0.25 }, "scoring_weights": {} }""");

        var draft = scenario.ToDraft();
        Assert.Equal(0.25, draft.StopLoss);
        draft.StopLoss = 0.5;
        Assert.Equal(ScenarioBits.Numbers(Scenario.From(new() { Name = "Defaults" })), ScenarioBits.Numbers(Scenario.From(draft)));
    }

    [Theory]
    [InlineData("\"0.70\"", 0.70)]
    [InlineData("\"7e-1\"", 0.70)]
    [InlineData("\" 1 \"", 1)]
    [InlineData("0.1e1", 1)]
    public void Numbers_may_come_as_strings(string json, double value) =>
        Assert.Equal(value, One($$"""{ "name": "Text", "score_threshold": {{json}} }""").ScoreThreshold);

    [Fact]
    public void Numbers_of_levels_and_counts_may_come_as_strings_too()
    {
        var scenario = One("""
            { "name": "Text", "max_concurrent_positions": "7",
              "exit_strategy": { "take_profit_levels": [{ "multiplier": "2.5", "sell_pct": "0.2" }], "max_hold_hours": "12" } }
            """);

        Assert.Equal(7, scenario.MaxConcurrentPositions);
        Assert.Equal(12, scenario.Exit.MaxHoldHours);
        Assert.Equal([new(2.5, 0.2)], scenario.Exit.TakeProfits);
    }

    [Theory]
    [InlineData("0,7")]
    [InlineData("1,000")]
    [InlineData("70%")]
    [InlineData("0x1")]
    [InlineData("")]
    [InlineData("seven")]
    public void Other_texts_are_no_numbers(string text) =>
        Assert.StartsWith($"Score threshold is \"{text}\"; it must be a number", Fault($$"""{ "name": "Text", "score_threshold": "{{text}}" }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("conservative", ScenarioCategory.Conservative)]
    [InlineData("moderate", ScenarioCategory.Moderate)]
    [InlineData("aggressive", ScenarioCategory.Aggressive)]
    [InlineData("experimental", ScenarioCategory.Experimental)]
    [InlineData("optimization", ScenarioCategory.Optimization)]
    [InlineData("custom", ScenarioCategory.Custom)]
    public void Every_documented_category_is_known(string word, ScenarioCategory category) =>
        Assert.Equal(category, One($$"""{ "name": "Category", "category": "{{word}}" }""").Category);

    [Fact]
    public void What_the_simulation_ignores_is_kept()
    {
        var scenario = One("""
            { "name": "Kept", "description": "why", "tags": ["a", "b"], "is_preset": true, "created_by": "ann",
              "created_at": "2026-07-01T12:00:00.123456+02:00", "updated_at": 1782611394 }
            """);
        var again = One(ScenarioJson.Write(scenario));

        Assert.Equal(new DateTime(2026, 7, 1, 10, 0, 0, 123, 456, DateTimeKind.Utc), scenario.CreatedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1782611394).UtcDateTime, scenario.UpdatedAt);
        Assert.Equal((true, "ann", "why"), (scenario.IsPreset, scenario.CreatedBy, scenario.Description));
        Assert.Equal((scenario.CreatedAt, scenario.UpdatedAt, scenario.CreatedBy, scenario.IsPreset), (again.CreatedAt, again.UpdatedAt, again.CreatedBy, again.IsPreset));
        Assert.Equal(["a", "b"], again.Tags);
    }

    [Fact]
    public void One_object_or_an_array_of_them()
    {
        Assert.Equal("Alone", One("""{ "name": "Alone" }""").Name);
        Assert.Equal(["First", "Second"], ScenarioJson.Read("""[{ "name": "First" }, { "name": "Second" },]""").Select(entry => entry.Label));
    }

    [Fact]
    public void A_bad_scenario_of_an_array_does_not_touch_the_others()
    {
        var entries = ScenarioJson.Read("""[{ "name": "Good" }, { "name": "Bad", "slippage_bps": -1 }, 7, { "slippage_bps": 1 }]""");

        Assert.Equal(["Good", "Bad", "scenario 3", "scenario 4"], entries.Select(entry => entry.Label));
        Assert.Equal([0, 1, 1, 1], entries.Select(entry => entry.Faults.Count));
        Assert.Equal([false, true, true, true], entries.Select(entry => entry.Scenario is null));
        Assert.Equal("A scenario is a JSON object, not a number.", entries[2].Faults[0].Sentence);
        Assert.Equal("Name is missing; it must have 1 to 100 characters.", entries[3].Faults[0].Sentence);
    }

    private static Scenario One(string json)
    {
        var entry = Assert.Single(ScenarioJson.Read(json));
        Assert.Empty(entry.Faults);
        return entry.Scenario!;
    }

    private static string Fault(string json) => Assert.Single(Assert.Single(ScenarioJson.Read(json)).Faults).Sentence;

    private static IEnumerable<string> Names(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip });
        return [.. Names("", document.RootElement).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Names(string path, System.Text.Json.JsonElement element) => element.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Names($"{path}.{property.Name}", property.Value).Prepend($"{path}.{property.Name}")),
        System.Text.Json.JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Names($"{path}[]", item)),
        _ => [],
    };
}
