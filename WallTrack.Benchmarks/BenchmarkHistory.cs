using System.Diagnostics;
using WallTrack.History;

namespace WallTrack.Benchmarks;

/// <summary>The made-up history of every throughput figure: 100,000 signals, 2,000 tokens, 90 days, 24–72 h of minute bars a token.</summary>
internal sealed class BenchmarkHistory
{
    private readonly List<Signal> _signals = [];
    private readonly List<BarSeries> _bars = [];

    private BenchmarkHistory()
    {
    }

    public static MadeUpHistoryOptions Options { get; } = new() { Signals = 100_000, Tokens = 2_000, Days = 90, BarHours = 48 };

    public int Signals => _signals.Count;

    public static BenchmarkHistory Make()
    {
        var started = Stopwatch.GetTimestamp();
        var history = new BenchmarkHistory();
        foreach (var token in new MadeUpHistory(Options).Tokens())
        {
            history._signals.AddRange(token.Signals);
            history._bars.Add(BarSeries.From(token.TokenAddress, token.Interval, token.Bars));
        }

        Console.WriteLine($"{history.Signals:#,0} signals, {history._bars.Sum(bars => bars.Count):#,0} bars of {history._bars.Count:#,0} tokens, made in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        return history;
    }

    /// <summary>A window whose columns nobody has computed anything from yet.</summary>
    public HistoryWindow Window() => new(Options.Start, Options.End, _signals, _bars, SolPrice.FromBars(_bars[^1]));
}
