using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>What is written reads back as the same scenario, bit for bit.</summary>
public sealed class ScenarioJsonRoundTripTests
{
    [Fact]
    public void Presets_read_back_equal()
    {
        var read = ScenarioJson.Read(ScenarioJson.Write(Presets.All));

        Assert.All(read, entry => Assert.Empty(entry.Faults));
        Assert.Equal(Presets.All.Select(ScenarioBits.Of), read.Select(entry => ScenarioBits.Of(entry.Scenario!)));
    }

    [Fact]
    public void A_thousand_random_scenarios_read_back_in_every_bit()
    {
        var scenarios = RandomScenarios.Take(1_000, seed: 20260701).ToArray();
        var read = ScenarioJson.Read(ScenarioJson.Write(scenarios));

        Assert.All(read, entry => Assert.Empty(entry.Faults));
        Assert.Equal(scenarios.Select(ScenarioBits.Of), read.Select(entry => ScenarioBits.Of(entry.Scenario!)));
    }

    [Fact]
    public void One_by_one_they_read_back_too()
    {
        foreach (var scenario in RandomScenarios.Take(200, seed: 7))
            Assert.Equal(ScenarioBits.Of(scenario), ScenarioBits.Of(Assert.Single(ScenarioJson.Read(ScenarioJson.Write(scenario))).Scenario!));
    }

    [Fact]
    public void Writing_what_was_read_gives_the_same_text()
    {
        var text = ScenarioJson.Write(RandomScenarios.Take(100, seed: 11));

        Assert.Equal(text, ScenarioJson.Write(ScenarioJson.Read(text).Select(entry => entry.Scenario!)));
    }
}
