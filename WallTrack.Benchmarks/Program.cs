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
    default:
        Console.Error.WriteLine("""
            Say what to measure:
              simulation [--runs N]                 throughput of a sweep
              history [--postgresql CONNECTION]     import and cold load, on SQLite or on an empty PostgreSQL database
            """);
        return 2;
}
