using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.Simulation;

public sealed class RealDataTests
{
    [Theory]
    [InlineData("2025-09-16", "2025-09-20")]
    [InlineData("2026-06-28", "2026-07-10")]
    public void Every_preset_trades_and_the_simulator_equals_the_reference(string from, string to)
    {
        var window = Window(from, to);
        foreach (var preset in Presets.All)
        {
            var expected = ReferenceReplay.Run(preset, window);
            Assert.True(expected.Replay!.Trades.Count > 0);
            Assert.All(Kernels.Offered, lanes => Assert.Null(Bits.Difference(expected, Engines.Fast(lanes)(preset, window))));
        }
    }

    private static HistoryWindow Window(string from, string to)
    {
        var folder = RealData.Folder("real");
        var (signals, _) = CsvHistory.ReadSignals(Path.Combine(folder, "signals.csv"));
        var (bars, _) = CsvHistory.ReadBars(Path.Combine(folder, "bars.csv.gz"));
        Assert.True(Instant.TryParse(from, out var start) & Instant.TryParse(to, out var end));
        return new(start, end, signals, bars, SolPrice.FromBars(bars.Single(series => series.TokenAddress == Mint.WrappedSol)));
    }
}
