using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Home;

/// <summary>What WallTrack is, what of it works, and what does not yet.</summary>
public sealed partial class HomePage
{
    internal const string ImportCommands = """
        dotnet run --project WallTrack.Dashboard -- import --signals signals.csv --bars bars.csv
        dotnet run --project WallTrack.Dashboard -- demo
        """;

    internal const string RunCommand = """
        dotnet run --project WallTrack.Dashboard -- run --preset all \
          --from 2026-01-01 --to 2026-01-31
        """;

    private static string TakeProfits(ExitStrategy exit) =>
        string.Join(", ", exit.TakeProfits.Select(level => $"{Percent(level.SellFraction)} at {level.Multiplier:0.0#}×"));

    private static string Trailing(ExitStrategy exit) =>
        exit.TrailingEnabled ? $"{Percent(exit.TrailingDistance)} below the peak, from {exit.TrailingActivation:0.0#}×" : "none";

    private static string Percent(double fraction) => $"{fraction * 100:0.#} %";
}
