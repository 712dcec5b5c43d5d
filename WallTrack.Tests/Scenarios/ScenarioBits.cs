using WallTrack.Scenarios;

namespace WallTrack.Tests.Scenarios;

/// <summary>A scenario as text in which two are equal only when every bit of every number is.</summary>
internal static class ScenarioBits
{
    public static string Of(Scenario scenario) => string.Join('\n',
    [
        $"{scenario.Id} {scenario.Name} {scenario.Description ?? "(none)"} {scenario.Category} {string.Join('|', scenario.Tags)}",
        $"{scenario.CreatedAt?.Ticks} {scenario.UpdatedAt?.Ticks} {scenario.CreatedBy ?? "(none)"} {scenario.IsPreset} {scenario.Exit.TrailingEnabled}",
        Numbers(scenario),
    ]);

    /// <summary>What it decides in numbers, and nothing else.</summary>
    public static string Numbers(Scenario scenario)
    {
        var draft = scenario.ToDraft();
        return string.Join('\n',
        [
            .. NumberField.All.Select(field => $"{field.Path} {Hex(field.Read(draft))}"),
            .. scenario.Exit.TakeProfits.Select(level => $"level {Hex(level.Multiplier)} {Hex(level.SellFraction)}"),
        ]);
    }

    private static string Hex(double? value) => value is { } number ? $"{BitConverter.DoubleToInt64Bits(number):x16}" : "none";
}
