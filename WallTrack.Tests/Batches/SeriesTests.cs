using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using WallTrack.Batches;
using WallTrack.Simulation;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.Batches;

public sealed class SeriesTests
{
    [Fact]
    public void Every_bit_of_random_worlds_comes_back()
    {
        var trades = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(RandomWorld.Arbitrary, world =>
        {
            var window = world.Window();
            if (new Simulator(window).CreateWorker().Run(world.Scenario).Replay is not { } replay)
                return true;
            trades += replay.Trades.Count;
            var writer = new SeriesWriter(window);
            Assert.Equal(0, writer.Add(replay));
            var block = writer.ToArray();
            Assert.Equal(1, SeriesReader.CountOf(block));
            Assert.Equal(Text(ResultSeries.Of(replay, window)), Text(SeriesReader.Read(block, 0)));
            return true;
        }));

        Assert.True(trades > 1_000, $"only {trades} trades: the worlds are too dull to prove anything");
    }

    private static string Text(ResultSeries series) => string.Join('\n',
    [
        .. series.Trades.Select(trade => string.Join(' ',
        [
            $"{trade.SignalId} {trade.TokenAddress} {trade.WalletAddress} {trade.EntryTime.Ticks} {trade.EntryTime.Kind} {trade.ExitTime.Ticks} {trade.ExitTime.Kind}",
            .. new[] { trade.Score, trade.RawPrice, trade.EntryPrice, trade.SizeSol, trade.Quantity, trade.PnlSol, trade.FeesSol }.Select(Hex),
            .. trade.Fills.Select(fill => $"fill {fill.Time} {fill.Reason} {Hex(fill.Quantity)} {Hex(fill.Price)} {Hex(fill.ProceedsSol)}"),
        ])),
        "equity " + string.Join(' ', series.Equity.Select(Hex)),
    ]);

    private static string Hex(double value) => $"{BitConverter.DoubleToInt64Bits(value):x16}={value.ToString("R", CultureInfo.InvariantCulture)}";
}
