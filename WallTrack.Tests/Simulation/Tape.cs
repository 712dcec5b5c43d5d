using System.Globalization;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Tests.Simulation;

/// <summary>
/// A hand-made history, minutes counted from 2026-07-01T00:00Z. Unless a test says otherwise: SOL costs 100 USD, the one
/// signal comes at minute 0 at a price of 1 USD, and a position is 1 SOL, hence 100 tokens.
/// </summary>
internal sealed class Tape
{
    public const string Token = "Token111111111111111111111111111111111111111";
    public const string Other = "Token222222222222222222222222222222222222222";
    public const string Third = "Token333333333333333333333333333333333333333";

    public static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly List<Signal> _signals = [];
    private readonly Dictionary<string, List<Bar>> _bars = [];

    public SolPrice Sol { get; set; } = SolPrice.Constant(100);

    /// <summary>Minutes from the start; null: the close of the last bar.</summary>
    public double? FromMinute { get; set; }

    public double? ToMinute { get; set; }

    public int BlockSize { get; set; } = BarSeries.DefaultBlockSize;

    public static DateTime At(double minute) => Start.AddTicks((long)Math.Round(minute * TimeSpan.TicksPerMinute));

    /// <summary>The default scenario of hand-made cases: takes every signal with 1 SOL, stop at one half, nothing else.</summary>
    public static Scenario Plain(Action<ScenarioDraft>? change = null)
    {
        var draft = new ScenarioDraft
        {
            Name = "Plain",
            ScoreThreshold = 0,
            StartingCapitalSol = 10,
            BasePositionSol = 1,
            HighConvictionMultiplier = 1,
            StopLoss = 0.5,
            TakeProfits = [],
            TrailingEnabled = false,
            Moonbag = 0,
            SlippageBps = 0,
        };
        change?.Invoke(draft);
        return Scenario.From(draft);
    }

    /// <param name="bars">"minute: open high low close" of one-minute bars, separated by "|".</param>
    public Tape Bars(string bars, string token = Token)
    {
        foreach (var text in bars.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = text.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            if (!_bars.TryGetValue(token, out var list))
                _bars.Add(token, list = []);
            list.Add(new(At(numbers[0]), numbers[1], numbers[2], numbers[3], numbers[4], 0));
        }

        return this;
    }

    public Tape Signal(double minute, double price = 1, string token = Token, double score = 1, uint? id = null, Func<Signal, Signal>? change = null)
    {
        var signal = new Signal
        {
            Id = new Guid(id ?? (uint)_signals.Count + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            Time = At(minute),
            WalletAddress = "Wa11et1111111111111111111111111111111111111",
            TokenAddress = token,
            WalletScore = score,
            ClusterScore = score,
            TokenScore = score,
            ContextScore = score,
            PriceUsd = price,
        };
        _signals.Add(change is null ? signal : change(signal));
        return this;
    }

    public HistoryWindow Window()
    {
        if (_signals.Count == 0)
            Signal(0);
        var series = _bars.Select(pair => BarSeries.From(pair.Key, TimeSpan.FromMinutes(1), pair.Value, BlockSize)).ToList();
        var lastClose = series.Count == 0 ? Start.AddHours(1) : series.Max(bars => new DateTime(bars.CloseTime(bars.Count - 1), DateTimeKind.Utc));
        return new(At(FromMinute ?? 0), ToMinute is { } to ? At(to) : lastClose, _signals, series, Sol);
    }
}
