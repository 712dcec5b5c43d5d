using System.Globalization;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>The five presets, line by line as the contract lists them.</summary>
public sealed class PresetsTests
{
    // name, id, threshold, base, high-conviction factor, stop, take-profits, trailing, moonbag, positions
    [Theory]
    [InlineData("Conservative", "c0a5e7a1-0001-4000-8000-57a11740ac01", 0.80, 0.05, 1.5, 0.30, "1.5:0.5 2:0.5", "none", 0.0, 3)]
    [InlineData("Balanced", "c0a5e7a1-0002-4000-8000-57a11740ac02", 0.70, 0.1, 1.5, 0.50, "2:0.33 3:0.33", "2 at 0.3", 0.34, 5)]
    [InlineData("Aggressive Moonbag", "c0a5e7a1-0003-4000-8000-57a11740ac03", 0.65, 0.15, 2.0, 0.60, "3:0.25 5:0.25", "3 at 0.4", 0.50, 7)]
    [InlineData("Quick Flip", "c0a5e7a1-0004-4000-8000-57a11740ac04", 0.75, 0.1, 1.5, 0.20, "1.3:0.5 1.5:0.5", "none", 0.0, 10)]
    [InlineData("Diamond Hands", "c0a5e7a1-0005-4000-8000-57a11740ac05", 0.85, 0.2, 1.5, 0.70, "5:0.25 10:0.25", "5 at 0.5", 0.50, 3)]
    public void A_preset_is_as_the_contract_lists_it(
        string name, string id, double threshold, double baseSol, double multiplier, double stop, string takeProfits, string trailing, double moonbag, int positions)
    {
        var preset = Presets.All.Single(preset => preset.Name == name);

        Assert.Equal(Guid.Parse(id), preset.Id);
        Assert.Equal((threshold, baseSol, multiplier), (preset.ScoreThreshold, preset.BasePositionSol, preset.HighConvictionMultiplier));
        Assert.Equal((stop, moonbag, positions), (preset.Exit.StopLoss, preset.Exit.Moonbag, preset.MaxConcurrentPositions));
        Assert.Equal(takeProfits, string.Join(' ', preset.Exit.TakeProfits.Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Multiplier}:{level.SellFraction}"))));
        Assert.Equal(trailing, preset.Exit.TrailingEnabled ? string.Create(CultureInfo.InvariantCulture, $"{preset.Exit.TrailingActivation} at {preset.Exit.TrailingDistance}") : "none");
        Assert.True(preset.IsPreset);
    }

    [Fact]
    public void What_the_contract_does_not_name_is_the_default()
    {
        foreach (var preset in Presets.All)
        {
            Assert.Equal((0.30, 0.25, 0.25, 0.20), (preset.Weights.Wallet, preset.Weights.Cluster, preset.Weights.Token, preset.Weights.Context));
            Assert.Equal((10.0, 0.85, 10, 100.0), (preset.StartingCapitalSol, preset.HighConvictionThreshold, preset.MaxDailyTrades, preset.SlippageBps));
            Assert.Equal((0.0, 0.0, 0.0), (preset.FeeBps, preset.NetworkFeeSol, preset.EntryDelaySeconds));
            Assert.Equal((null, null, 1.0), (preset.Exit.MoonbagStopLoss, preset.Exit.MaxHoldHours, preset.Exit.DeadTokenRecovery));
            Assert.True(preset.Filter.IsEmpty);
        }
    }

    [Fact]
    public void There_are_five_in_the_order_of_the_contract() =>
        Assert.Equal(["Conservative", "Balanced", "Aggressive Moonbag", "Quick Flip", "Diamond Hands"], Presets.All.Select(preset => preset.Name));

    [Theory]
    [InlineData("balanced", "Balanced")]
    [InlineData("QUICK FLIP", "Quick Flip")]
    public void A_preset_is_found_whatever_the_case_of_its_name(string asked, string name) => Assert.Equal(name, Presets.Find(asked)?.Name);

    [Theory]
    [InlineData("")]
    [InlineData("Balance")]
    [InlineData("all")]
    public void Other_names_find_nothing(string asked) => Assert.Null(Presets.Find(asked));
}
