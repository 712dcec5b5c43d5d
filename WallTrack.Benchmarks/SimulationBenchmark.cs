using System.Diagnostics;
using WallTrack.Simulation;

namespace WallTrack.Benchmarks;

/// <summary>
/// Throughput of a sweep: signals × scenarios / seconds. The history is in memory, the caches are cold at the start of
/// each run (a new window, a new simulator), and every result is kept with its metrics, trades and equity curve.
/// </summary>
internal static class SimulationBenchmark
{
    private const int ReferenceScenarios = 5;

    public static void Run(int runs)
    {
        var history = BenchmarkHistory.Make();
        var sweep = SweepScenarios.All();
        Console.WriteLine($"{sweep.Count:#,0} scenarios; each figure is the median of {runs} runs, after one to warm up the JIT");

        Sweep(history, sweep, workers: 1, Kernels.Best);
        var one = Median(runs, () => Sweep(history, sweep, workers: 1, Kernels.Best));
        var two = Median(runs, () => Sweep(history, sweep, workers: 2, Kernels.Best));
        Console.WriteLine();
        Print("one worker", history, one, one);
        Print("two workers", history, two, one);
        foreach (var lanes in Kernels.Offered)
            Print($"one worker, {lanes} lanes", history, Median(Math.Min(runs, 3), () => Sweep(history, sweep, workers: 1, Kernels.For(lanes))), one);

        var reference = Reference(history, [.. sweep.Where((_, place) => place % (sweep.Count / ReferenceScenarios) == 5)]);
        Print("ReferenceReplay", history, reference, one);
        Console.WriteLine();
        Console.WriteLine($"allocated {one.BytesAScenario / 1024.0:0} KB a scenario ({one.Trades / (double)one.Scenarios:0} trades, {one.Fills / (double)one.Scenarios:0} fills, {history.Window().Grid.Count:#,0} points of equity)");
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1 << 20):#,0} MB, the history and all results of a sweep included");
    }

    private static Figure Sweep(BenchmarkHistory history, IReadOnlyList<Scenarios.Scenario> scenarios, int workers, Kernels kernels)
    {
        var simulator = new Simulator(history.Window(), kernels);
        var outcomes = new Outcome[scenarios.Count];
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        simulator.Run(scenarios, workers, (place, outcome) => outcomes[place] = outcome);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return Figure.Of(outcomes, seconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / scenarios.Count);
    }

    private static Figure Reference(BenchmarkHistory history, Scenarios.Scenario[] scenarios)
    {
        var window = history.Window();
        var started = Stopwatch.GetTimestamp();
        var outcomes = scenarios.Select(scenario => ReferenceReplay.Run(scenario, window)).ToArray();
        return Figure.Of(outcomes, Stopwatch.GetElapsedTime(started).TotalSeconds, 0);
    }

    private static Figure Median(int runs, Func<Figure> measure) =>
        Enumerable.Range(0, runs).Select(_ => measure()).OrderBy(figure => figure.Seconds).ElementAt(runs / 2);

    private static void Print(string what, BenchmarkHistory history, Figure figure, Figure baseline)
    {
        double Throughput(Figure of) => history.Signals * (double)of.Scenarios / of.Seconds;
        var ratio = Throughput(figure) / Throughput(baseline);
        Console.WriteLine($"{what,-22} {figure.Seconds,8:0.000} s {Throughput(figure) / 1e6,10:#,0.00} M signals x scenarios/s {(ratio < 0.01 ? $"1/{1 / ratio:#,0}" : $"{ratio:0.00}"),8} of one worker");
    }

    private readonly record struct Figure(double Seconds, int Scenarios, long Trades, long Fills, long BytesAScenario)
    {
        /// <exception cref="InvalidOperationException">A scenario failed: its time would mean nothing.</exception>
        public static Figure Of(Outcome[] outcomes, double seconds, long bytesAScenario) => new(
            seconds, outcomes.Length,
            outcomes.Sum(outcome => (long)(outcome.Replay ?? throw new InvalidOperationException(outcome.Error)).Trades.Count),
            outcomes.Sum(outcome => (long)outcome.Replay!.Trades.Fills.Length),
            bytesAScenario);
    }
}
