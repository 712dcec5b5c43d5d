using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Home;

/// <summary>What WallTrack is, what it is doing, and for a newcomer the shortest way to a comparison.</summary>
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

    private const int Recent = 5;
    private int? _count; // null until the batches are counted

    private static string TakeProfits(ExitStrategy exit) =>
        string.Join(", ", exit.TakeProfits.Select(level => $"{Percent(level.SellFraction)} at {level.Multiplier:0.0#}×"));

    private static string Trailing(ExitStrategy exit) =>
        exit.TrailingEnabled ? $"{Percent(exit.TrailingDistance)} below the peak, from {exit.TrailingActivation:0.0#}×" : "none";

    private static string Percent(double fraction) => $"{fraction * 100:0.#} %";
}
