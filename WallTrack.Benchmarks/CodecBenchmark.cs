using System.Diagnostics;
using System.Runtime.CompilerServices;
using WallTrack.Batches;
using WallTrack.Batches.Packing;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Benchmarks;

/// <summary>
/// Time and size of storing the trades and equity curves of the sweep, on one thread: consecutive scenarios go into one
/// block, as a slice's do, and each replay is added as soon as it is simulated, as in a batch.
/// </summary>
internal static class CodecBenchmark
{
    private const int ScenariosABlock = 32;

    public static void Run(int runs)
    {
        var window = BenchmarkHistory.Make().Window();
        var (worker, writer) = (new Simulator(window).CreateWorker(), new SeriesWriter(window));
        var slices = SweepScenarios.All().Chunk(ScenariosABlock).ToArray();
        var results = slices.Sum(slice => slice.Length);
        Console.WriteLine($"{results:#,0} scenarios, {ScenariosABlock} a block, {runs} runs after one to warm up");
        Console.WriteLine("median: of the runs; quiet: each block in its best run");

        foreach (var slice in slices) Measure(worker, writer, slice);
        var blocks = Enumerable.Range(0, runs).Select(_ => Array.ConvertAll(slices, slice => Measure(worker, writer, slice))).ToArray();
        Console.WriteLine();
        var simulated = Print("simulate", blocks, results, block => block.Simulate);
        Print("add", blocks, results, block => block.Add);
        Print("to array", blocks, results, block => block.ToArray);
        var written = Print("write", blocks, results, block => block.Add + block.ToArray);
        Print("read one", blocks, slices.Length, block => block.Read);
        Console.WriteLine();
        Console.WriteLine($"writing takes {written / simulated:0.00} of the time of simulating with warm caches");
        var (bytes, raw) = (blocks[0].Sum(block => (double)block.Bytes), blocks[0].Sum(block => (double)block.RawBytes));
        Console.WriteLine($"{bytes / results:#,0} bytes a result, raw {raw / results:#,0}: 1/{raw / bytes:0.0}");
        Console.WriteLine($"allocated {blocks[0].Sum(block => (double)block.Allocated) / results:#,0} bytes a result while writing");
    }

    private static Block Measure(SimulatorWorker worker, SeriesWriter writer, Scenario[] slice)
    {
        var block = default(Block);
        writer.Clear();
        foreach (var scenario in slice)
        {
            var started = Stopwatch.GetTimestamp();
            var outcome = worker.Run(scenario);
            block.Simulate += Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            var replay = outcome.Replay ?? throw new InvalidOperationException(outcome.Error);
            block.RawBytes += (replay.Trades.Count * Unsafe.SizeOf<Trade>()) + (replay.Trades.Fills.Length * Unsafe.SizeOf<Fill>()) + (replay.Equity.Length * sizeof(double));

            block.Allocated -= GC.GetAllocatedBytesForCurrentThread();
            started = Stopwatch.GetTimestamp();
            writer.Add(replay);
            block.Add += Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            block.Allocated += GC.GetAllocatedBytesForCurrentThread();
        }

        block.Allocated -= GC.GetAllocatedBytesForCurrentThread();
        var begun = Stopwatch.GetTimestamp();
        var bytes = writer.ToArray();
        block.ToArray = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        block.Allocated += GC.GetAllocatedBytesForCurrentThread();
        block.Bytes = bytes.Length;

        begun = Stopwatch.GetTimestamp();
        SeriesReader.Read(bytes, slice.Length / 2);
        block.Read = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        return block;
    }

    private static double Print(string what, Block[][] runs, int count, Func<Block, double> microseconds)
    {
        var median = runs.Select(blocks => blocks.Sum(microseconds)).Order().ElementAt(runs.Length / 2) / count;
        var quiet = Enumerable.Range(0, runs[0].Length).Sum(place => runs.Min(blocks => microseconds(blocks[place]))) / count;
        Console.WriteLine($"{what,-10} median {median,7:0.0} µs, quiet {quiet,7:0.0} µs");
        return quiet;
    }

    /// <summary>Microseconds and bytes of one block.</summary>
    private record struct Block(double Simulate, double Add, double ToArray, double Read, long Bytes, long RawBytes, long Allocated);
}
