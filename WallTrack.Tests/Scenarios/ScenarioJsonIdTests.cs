using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>Which id a scenario of a file gets.</summary>
public sealed class ScenarioJsonIdTests
{
    private const string Plain = """{ "name": "Same", "score_threshold": 0.7 }""";

    [Fact]
    public void A_given_id_is_kept() =>
        Assert.Equal([Guid.Parse("5e7a11c0-0000-4000-8000-000000000001")], Ids("""{ "name": "X", "id": "5E7A11C0-0000-4000-8000-000000000001" }"""));

    [Fact]
    public void A_missing_id_is_made_of_the_content_and_never_changes() => Assert.Equal([Guid.Parse("f74c0819-86bd-87ab-bea9-63b44874ff25")], Ids(Plain));

    [Theory]
    [InlineData("""{ "score_threshold": "0.70", "name": " Same " }""")]
    [InlineData("""{ "name": "Same", "id": null, "exit_strategy": { "stop_loss_pct": 0.5 } }""")]
    [InlineData("""{ "name": "Same", "created_by": "ann", "created_at": "2026-07-01" }""")]
    public void The_same_decisions_have_the_same_id_however_they_are_written(string json) => Assert.Equal(Ids(Plain), Ids(json));

    [Fact]
    public void Other_decisions_have_another_id() => Assert.NotEqual(Ids(Plain), Ids("""{ "name": "Same", "score_threshold": 0.70000000000000007 }"""));

    [Fact]
    public void Equal_scenarios_of_one_file_get_different_ids_the_same_on_every_read()
    {
        var text = $"[{Plain},{Plain},{Plain}]";
        var ids = Ids(text);

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, Ids(text));
        Assert.Equal(Ids(Plain)[0], ids[0]);
        Assert.Equal(ids[..2], Ids($"[{Plain},{Plain}]"));
    }

    [Fact]
    public void An_id_that_stands_twice_is_refused()
    {
        const string id = "5e7a11c0-0000-4000-8000-000000000001";
        var entries = ScenarioJson.Read($$"""[{ "name": "A", "id": "{{id}}" }, { "name": "B", "id": "{{id}}" }]""");

        Assert.Empty(entries[0].Faults);
        Assert.Equal($"Id {id} stands in this file twice; each scenario needs its own.", Assert.Single(entries[1].Faults).Sentence);
    }

    [Fact]
    public void A_written_file_reads_back_with_the_same_ids()
    {
        var scenarios = ScenarioJson.Read($"[{Plain},{Plain}]").Select(entry => entry.Scenario!).ToArray();

        Assert.Equal(scenarios.Select(scenario => scenario.Id), Ids(ScenarioJson.Write(scenarios)));
    }

    // A scenario without an id stands before a copy of itself that was exported with one: that id stands in the file once.
    [Fact]
    public void A_derived_id_makes_way_for_the_scenario_that_brings_it()
    {
        var owned = ScenarioJson.Write(ScenarioJson.Read(Plain)[0].Scenario!);

        Assert.All(ScenarioJson.Read($"[{Plain},{owned}]"), entry => Assert.Empty(entry.Faults));
    }

    private static Guid[] Ids(string json) => [.. ScenarioJson.Read(json).Select(entry => entry.Scenario?.Id ?? throw new InvalidOperationException(entry.Faults[0].Sentence))];
}
