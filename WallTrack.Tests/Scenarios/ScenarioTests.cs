using System.Reflection;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>A scenario is valid by construction and stays so.</summary>
public sealed class ScenarioTests
{
    [Theory]
    [InlineData(typeof(Scenario))]
    [InlineData(typeof(ExitStrategy))]
    [InlineData(typeof(ScoringWeights))]
    [InlineData(typeof(SignalFilter))]
    public void There_is_no_way_around_the_checks(Type type)
    {
        Assert.Empty(type.GetConstructors());
        Assert.DoesNotContain(type.GetProperties(), property => property.CanWrite);
        Assert.DoesNotContain(type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), field => !field.IsInitOnly);
    }

    [Fact]
    public void A_draft_that_changes_later_does_not_change_the_scenario()
    {
        var levels = new List<TakeProfitLevel> { new(2, 0.5) };
        var tags = new List<string> { "one" };
        var draft = new ScenarioDraft { Name = "Kept", TakeProfits = levels, Tags = tags };
        var scenario = Scenario.From(draft);

        levels[0] = new(0, 5);
        tags.Add("two");
        draft.StopLoss = -1;

        Assert.Equal([new(2, 0.5)], scenario.Exit.TakeProfits);
        Assert.Equal(["one"], scenario.Tags);
        Assert.Equal(0.5, scenario.Exit.StopLoss);
    }

    [Fact]
    public void A_draft_begins_at_the_defaults_of_the_contract()
    {
        var scenario = Scenario.From(new() { Name = "Defaults" });

        Assert.Equal((0.30, 0.25, 0.25, 0.20), (scenario.Weights.Wallet, scenario.Weights.Cluster, scenario.Weights.Token, scenario.Weights.Context));
        Assert.Equal((0.70, 10, 0.1, 1.5, 0.85),
            (scenario.ScoreThreshold, scenario.StartingCapitalSol, scenario.BasePositionSol, scenario.HighConvictionMultiplier, scenario.HighConvictionThreshold));
        Assert.Equal((0.50, true, 2.0, 0.30), (scenario.Exit.StopLoss, scenario.Exit.TrailingEnabled, scenario.Exit.TrailingActivation, scenario.Exit.TrailingDistance));
        Assert.Equal([new(2.0, 0.33), new(3.0, 0.33)], scenario.Exit.TakeProfits);
        Assert.Equal((0.34, null, null, 1.0), (scenario.Exit.Moonbag, scenario.Exit.MoonbagStopLoss, scenario.Exit.MaxHoldHours, scenario.Exit.DeadTokenRecovery));
        Assert.Equal((5, 10, 100.0, 0.0, 0.0, 0.0),
            (scenario.MaxConcurrentPositions, scenario.MaxDailyTrades, scenario.SlippageBps, scenario.FeeBps, scenario.NetworkFeeSol, scenario.EntryDelaySeconds));
        Assert.True(scenario.Filter.IsEmpty);
    }

    [Fact]
    public void A_duplicate_made_from_its_draft_decides_the_same()
    {
        foreach (var preset in Presets.All)
            Assert.Equal(ScenarioJson.Write(preset), ScenarioJson.Write(Scenario.From(preset.ToDraft())));
    }

    [Fact]
    public void An_id_is_derived_from_the_content_alone()
    {
        static Scenario Make(Action<ScenarioDraft>? change = null)
        {
            var draft = new ScenarioDraft { Name = "Same" };
            change?.Invoke(draft);
            return Scenario.From(draft);
        }

        Assert.Equal(Guid.Parse("f74c0819-86bd-87ab-bea9-63b44874ff25"), Make().Id);
        Assert.Equal(Make().Id, Make(d => d.CreatedAt = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc)).Id);
        Assert.NotEqual(Make().Id, Make(d => d.StopLoss = Math.BitIncrement(0.5)).Id);
        Assert.NotEqual(Make().Id, Make(d => d.TrailingDistance = 0.31).Id);
        Assert.NotEqual(Make().Id, Make(d => d.Name = "Other").Id);
    }

    [Fact]
    public void Two_exit_strategies_with_the_same_levels_are_equal()
    {
        var left = Scenario.From(new() { Name = "Left" }).Exit;
        var right = Scenario.From(new() { Name = "Right" }).Exit;
        var other = Scenario.From(new() { Name = "Other", TakeProfits = [new(2.0, 0.33), new(3.0, 0.32)] }).Exit;

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, other);
    }
}
