using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;

namespace WallTrack.Tests.ScenariosPage;

public sealed class ScenarioFilterTests
{
    private static readonly Scenario[] Three =
    [
        Scenario.From(new() { Name = "Night desk", Tags = ["fast", "Night"], Category = ScenarioCategory.Custom }),
        Scenario.From(new() { Name = "Day desk", Description = "While the night sleeps", Category = ScenarioCategory.Aggressive }),
        Scenario.From(new() { Name = "Slow", Tags = ["slow & steady"], Category = ScenarioCategory.Aggressive }),
    ];

    [Theory]
    [InlineData(null, null, null, "Night desk|Day desk|Slow")]
    [InlineData("night", null, null, "Night desk|Day desk")]
    [InlineData("  DESK   night ", null, null, "Night desk|Day desk")]
    [InlineData("desk fast", null, null, "Night desk")]
    [InlineData(null, "aggressive", null, "Day desk|Slow")]
    [InlineData("desk", "Aggressive", null, "Day desk")]
    [InlineData(null, null, "slow & steady", "Slow")]
    [InlineData(null, null, "night", "")] // a tag is a word of its own, as it is written
    [InlineData(null, "nonsense", "", "Night desk|Day desk|Slow")]
    [InlineData(null, "77", null, "Night desk|Day desk|Slow")]
    public void It_leaves_what_matches(string? search, string? category, string? tag, string names) =>
        Assert.Equal(names, string.Join('|', ScenarioFilter.Of(search, category, tag).Of(Three).Select(scenario => scenario.Name)));

    [Fact]
    public void Its_address_says_it_all_and_no_more()
    {
        Assert.Equal("/scenarios", ScenarioFilter.None.AddressOf("/scenarios"));
        Assert.Equal("/scenarios?q=a%26b%20c&category=Custom&tag=%C3%BC", new ScenarioFilter("a&b c", ScenarioCategory.Custom, "ü").AddressOf("/scenarios"));
    }
}
