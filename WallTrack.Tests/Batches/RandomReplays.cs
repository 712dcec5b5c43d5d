using System.Collections.Immutable;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Tests.Simulation;

namespace WallTrack.Tests.Batches;

/// <summary>
/// Replays that no simulator would make: any bits for a number, any order of trades, any number of fills and points. Some
/// trades recur, whole or but for one number, as trades of neighbouring scenarios do.
/// </summary>
internal sealed class RandomReplays(Random random)
{
    private static readonly double[] Extremes =
        [0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.0 / 3, 0.1 + 0.2, 1e300, 1L << 53];

    private static readonly string[] Names =
        ["", "z", "Ünïcödé ☃ 🚀", "\ud83d alone", "0OIl are no base58", "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin", new('1', 254), new('2', 255), new('3', 70_000)];

    private readonly Metrics _metrics = new Simulator(Strange).CreateWorker().Run(Presets.Balanced).Replay!.Metrics;
    private readonly List<(Trade Trade, Fill[] Fills)> _made = [];

    /// <summary>Forty signals from wallets and tokens with all sorts of names.</summary>
    public static HistoryWindow Strange { get; } = new(Tape.At(0), Tape.At(600), Enumerable.Range(0, 40).Select(number => new Signal
    {
        Id = new Guid(number * 7919, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)number),
        Time = Tape.At(number * 10),
        WalletAddress = Names[number % Names.Length],
        TokenAddress = Names[number * 3 % Names.Length] + (number % 7),
        WalletScore = 0.5, ClusterScore = 0.5, TokenScore = 0.5, ContextScore = 0.5, PriceUsd = 1,
    }), [], SolPrice.Constant(Math.PI * 50));

    public Replay Next(int trades, int points)
    {
        var (log, fills) = (ImmutableArray.CreateBuilder<Trade>(), ImmutableArray.CreateBuilder<Fill>());
        for (var i = 0; i < trades; i++)
        {
            var (trade, itsFills) = NextTrade();
            log.Add(trade with { FirstFill = fills.Count, FillCount = itsFills.Length });
            fills.AddRange(itsFills);
        }

        return new(default, new(log.ToImmutable(), fills.ToImmutable()), NextCurve(points), _metrics);
    }

    private (Trade Trade, Fill[] Fills) NextTrade()
    {
        if (_made.Count > 0 && random.Next(2) == 0)
        {
            var (trade, fills) = _made[random.Next(_made.Count)];
            _made.Add(random.Next(6) switch
            {
                0 => (trade with { FeesSol = Number() }, fills),
                1 => (trade with { Quantity = Number() }, fills),
                2 => (trade, [.. fills, NextFill()]),
                3 => (trade, [.. fills.Select(fill => fill with { Time = fill.Time + 1 })]),
                4 => (trade, [.. fills.Select(fill => fill with { ProceedsSol = Number() })]),
                _ => (trade, fills),
            });
        }
        else
        {
            var fills = Enumerable.Range(0, random.Next(8) == 0 ? random.Next(40) : random.Next(4)).Select(_ => NextFill()).ToArray();
            _made.Add((new(random.Next(Strange.Signals.Count), 0, 0, Number(), Ticks(), Ticks(), Number(), Number(), Number(), Number(), Number(), Number()), fills));
        }

        return _made[^1];
    }

    private Fill NextFill() => new(random.Next(9) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : Ticks(), (ExitReason)random.Next(7), Number(), Number(), Number());

    private ImmutableArray<double> NextCurve(int points)
    {
        var curve = new double[points];
        for (var point = 0; point < points; point++)
            curve[point] = random.Next(4) > 0 && point > 0 ? curve[point - 1] : Number();
        return [.. curve];
    }

    private long Ticks() => random.Next(3) switch
    {
        0 => random.NextInt64(DateTime.MaxValue.Ticks + 1),
        1 => random.Next(1_000) * TimeSpan.TicksPerMinute,
        _ => random.Next(2) == 0 ? 0 : DateTime.MaxValue.Ticks,
    };

    private double Number() => random.Next(4) switch
    {
        0 => Extremes[random.Next(Extremes.Length)],
        1 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => Math.Round(random.NextDouble() * 100, random.Next(12)),
        _ => random.NextDouble(),
    };
}
