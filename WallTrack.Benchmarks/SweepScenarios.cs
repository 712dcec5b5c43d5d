using System.Globalization;
using WallTrack.Scenarios;

namespace WallTrack.Benchmarks;

/// <summary>The sweep that every throughput figure is about: 10 thresholds × 5 stops × 5 ladders × 4 trailing stops.</summary>
internal static class SweepScenarios
{
    private static readonly double[] Thresholds = [0.50, 0.54, 0.58, 0.62, 0.66, 0.70, 0.74, 0.78, 0.82, 0.86];
    private static readonly double[] Stops = [0.20, 0.30, 0.40, 0.50, 0.60];

    private static readonly TakeProfitLevel[][] Ladders =
    [
        [new(1.5, 0.50), new(2.0, 0.30)],
        [new(2.0, 0.33), new(3.0, 0.33)],
        [new(1.3, 0.25), new(2.0, 0.25), new(4.0, 0.25)],
        [new(3.0, 0.40), new(6.0, 0.20)],
        [new(2.5, 0.66)],
    ];

    private static readonly (bool Enabled, double Activation, double Distance)[] Trails =
        [(false, 2.0, 0.30), (true, 1.5, 0.20), (true, 2.0, 0.30), (true, 3.0, 0.40)];

    internal static IReadOnlyList<Scenario> All() =>
    [
        .. from stop in Stops
           from ladder in Ladders.Index()
           from trail in Trails
           from threshold in Thresholds
           select Scenario.From(new()
           {
               Name = string.Create(CultureInfo.InvariantCulture, $"threshold {threshold} stop {stop} ladder {ladder.Index + 1} trailing {(trail.Enabled ? trail.Activation : 0)}"),
               ScoreThreshold = threshold,
               StopLoss = stop,
               TakeProfits = ladder.Item,
               Moonbag = 0.2,
               TrailingEnabled = trail.Enabled,
               TrailingActivation = trail.Activation,
               TrailingDistance = trail.Distance,
           }),
    ];
}
