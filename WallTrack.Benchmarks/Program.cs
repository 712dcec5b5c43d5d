using WallTrack.Benchmarks;

// dotnet run -c Release --project WallTrack.Benchmarks -- simulation
switch (args)
{
    case ["simulation"]:
        SimulationBenchmark.Run(runs: 7);
        return 0;
    case ["simulation", "--runs", var text] when int.TryParse(text, out var runs) && runs > 0:
        SimulationBenchmark.Run(runs);
        return 0;
    case ["history"]:
        await HistoryBenchmark.RunAsync(postgreSql: null);
        return 0;
    case ["history", "--postgresql", var connection]:
        await HistoryBenchmark.RunAsync(connection);
        return 0;
    case ["batches"]:
        await BatchBenchmark.RunAsync(postgreSql: null, runs: 7, withMany: true);
        return 0;
    case ["batches", "--postgresql", var connection]:
        await BatchBenchmark.RunAsync(connection, runs: 7, withMany: true);
        return 0;
    case ["batches", "--sweep-only"]:
        await BatchBenchmark.RunAsync(postgreSql: null, runs: 7, withMany: false);
        return 0;
    case ["pages"]:
        await BatchBenchmark.RunPagesAsync(postgreSql: null);
        return 0;
    case ["pages", "--postgresql", var connection]:
        await BatchBenchmark.RunPagesAsync(connection);
        return 0;
    case ["cluster", "--postgresql", var connection]:
        await ClusterBenchmark.RunAsync(connection, withStorage: true, [1, 3, 10, 25, 50]);
        return 0;
    case ["cluster", "--postgresql", var connection, "--nodes", var text] when int.TryParse(text, out var nodes) && nodes > 0:
        await ClusterBenchmark.RunAsync(connection, withStorage: false, [nodes]);
        return 0;
    case ["codec"]:
        CodecBenchmark.Run(runs: 7);
        return 0;
    case ["codec", "--runs", var text] when int.TryParse(text, out var runs) && runs > 0:
        CodecBenchmark.Run(runs);
        return 0;
    default:
        Console.Error.WriteLine("""
            Say what to measure:
              simulation [--runs N]                 throughput of a sweep
              codec [--runs N]                      time and size of storing the trades and equity curves of a sweep
              history [--postgresql CONNECTION]     import and cold load, on SQLite or on an empty PostgreSQL database
              batches [--postgresql CONNECTION]     the sweep through the whole product, and a batch of 100,000 scenarios
              batches --sweep-only                  the first half of that, on SQLite
              cluster --postgresql CONNECTION       how many nodes one PostgreSQL feeds, on an empty database
              cluster --postgresql CONNECTION --nodes N   only that many nodes
              pages [--postgresql CONNECTION]       any page of 100,000 results, in the order of any figure
            """);
        return 2;
}
