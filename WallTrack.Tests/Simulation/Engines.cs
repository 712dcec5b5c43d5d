using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

/// <summary>Every way in which this machine can replay a scenario: the reference, and the simulator at each vector width.</summary>
internal static class Engines
{
    public static IReadOnlyList<(string Name, Func<Scenario, HistoryWindow, Outcome> Run)> All { get; } =
    [
        ("reference", (scenario, window) => ReferenceReplay.Run(scenario, window)),
        .. Kernels.Offered.Select(lanes => ($"simulator, {lanes} lanes", Fast(lanes))),
    ];

    public static Func<Scenario, HistoryWindow, Outcome> Fast(int lanes) =>
        (scenario, window) => new Simulator(window, Kernels.For(lanes)).CreateWorker().Run(scenario);
}
