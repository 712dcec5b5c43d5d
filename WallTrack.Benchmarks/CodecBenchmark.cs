using System.Diagnostics;
using System.Runtime.CompilerServices;
using WallTrack.Batches;
using WallTrack.Simulation;

namespace WallTrack.Benchmarks;

/// <summary>
/// Time and size of storing the trades and equity curves of the sweep, on one thread: consecutive scenarios go into one
/// block, as a slice's do. Simulating is not measured, but done right before, so that replays are as fresh as in a batch.
/// </summary>
internal static class CodecBenchmark
{
    private const int ScenariosABlock = 32;

    public static void Run(int runs)
    {
        var window = BenchmarkHistory.Make().Window();
        var worker = new Simulator(window).CreateWorker();
        var sweep = SweepScenarios.All();
        var writer = new SeriesWriter(window);
        Console.WriteLine($"{sweep.Count:#,0} scenarios, {ScenariosABlock} a block; medians of {runs} runs after one to warm up, and the best");

        Sweep(worker, writer, sweep);
        var figures = Enumerable.Range(0, runs).Select(_ => Sweep(worker, writer, sweep)).ToArray();
        Print("add", figures, figure => figure.Add);
        Print("to array", figures, figure => figure.ToArray);
        Print("write", figures, figure => figure.Add + figure.ToArray);
        Print("read", figures, figure => figure.Read);
        var one = figures[0];
        Console.WriteLine();
        Console.WriteLine($"{one.Bytes / (double)sweep.Count:#,0} bytes a result, raw {one.RawBytes / (double)sweep.Count:#,0}: 1/{one.RawBytes / (double)one.Bytes:0.0}");
        Console.WriteLine($"allocated {one.Allocated / (double)sweep.Count:#,0} bytes a result while writing");
    }

    private static Figure Sweep(SimulatorWorker worker, SeriesWriter writer, IReadOnlyList<Scenarios.Scenario> sweep)
    {
        var total = default(Figure);
        foreach (var scenarios in sweep.Chunk(ScenariosABlock))
        {
            var (adding, allocated) = (0L, 0L);
            writer.Clear();
            foreach (var scenario in scenarios)
            {
                var outcome = worker.Run(scenario);
                var replay = outcome.Replay ?? throw new InvalidOperationException(outcome.Error);
                total.RawBytes += (replay.Trades.Count * Unsafe.SizeOf<Trade>()) + (replay.Trades.Fills.Length * Unsafe.SizeOf<Fill>()) + (replay.Equity.Length * sizeof(double));
                allocated -= GC.GetAllocatedBytesForCurrentThread();
                adding -= Stopwatch.GetTimestamp();
                writer.Add(replay);
                adding += Stopwatch.GetTimestamp();
                allocated += GC.GetAllocatedBytesForCurrentThread();
            }

            allocated -= GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var block = writer.ToArray();
            total.ToArray += Stopwatch.GetElapsedTime(started).TotalMicroseconds / sweep.Count;
            allocated += GC.GetAllocatedBytesForCurrentThread();

            started = Stopwatch.GetTimestamp();
            SeriesReader.Read(block, scenarios.Length / 2);
            total.Read += Stopwatch.GetElapsedTime(started).TotalMicroseconds / (sweep.Count / (double)ScenariosABlock);
            total.Add += Stopwatch.GetElapsedTime(0, adding).TotalMicroseconds / sweep.Count;
            total.Bytes += block.Length;
            total.Allocated += allocated;
        }

        return total;
    }

    private static void Print(string what, Figure[] figures, Func<Figure, double> microseconds)
    {
        var ordered = figures.Select(microseconds).Order().ToArray();
        Console.WriteLine($"{what,-10} {ordered[ordered.Length / 2],8:0.0} µs a result, best {ordered[0],8:0.0}");
    }

    private record struct Figure(double Add, double ToArray, double Read, long Bytes, long RawBytes, long Allocated);
}
