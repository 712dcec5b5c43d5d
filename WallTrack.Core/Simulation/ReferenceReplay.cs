using System.Collections.Immutable;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>
/// The contract of the simulation read aloud: signal by signal, bar by bar, nothing shared and nothing skipped. It is
/// slow on purpose; <see cref="Simulator"/> must equal it in every bit.
/// </summary>
/// <remarks>
/// Where the contract leaves room, both do the same: quantities are kept as fractions of a position's initial quantity;
/// money moves in order of (time, decision, fill); money set aside for a delayed entry counts as cash on the equity
/// curve until the entry; a position that is not yet sold to any part is sold as exactly its whole.
/// </remarks>
public sealed class ReferenceReplay
{
    private readonly Scenario _scenario;
    private readonly HistoryWindow _window;
    private readonly List<ReferencePosition> _positions = [];
    private readonly PriorityQueue<ReferencePosition, (long Time, int Decision)> _nextBars = new();
    private readonly List<(long Time, double Cash)> _ledger = [];
    private readonly Dictionary<SkipReason, int> _skipped = [];
    private double _cash;

    private ReferenceReplay(Scenario scenario, HistoryWindow window) =>
        (_scenario, _window, _cash) = (scenario, window, scenario.StartingCapitalSol);

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Outcome Run(Scenario scenario, HistoryWindow window, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(window);
        return new ReferenceReplay(scenario, window).Run(cancellation);
    }

    /// <summary>clamp(w·wallet + w·cluster·amplification + w·token + w·context, 0, 1), summed in that order.</summary>
    public static double Score(ScoringWeights weights, SignalColumns signals, int signal)
    {
        var sum = weights.Wallet * signals.WalletScores[signal];
        sum += weights.Cluster * signals.ClusterScores[signal] * signals.ClusterAmplifications[signal];
        sum += weights.Token * signals.TokenScores[signal];
        sum += weights.Context * signals.ContextScores[signal];
        return Math.Clamp(sum, 0, 1);
    }

    private Outcome Run(CancellationToken cancellation)
    {
        var signals = _window.Signals;
        for (var signal = 0; signal < signals.Count; signal++)
        {
            cancellation.ThrowIfCancellationRequested();
            SettleUntil(signals.Times[signal]);
            if (Decide(signal, out var entry) is { } reason)
            {
                _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
            }
            else if (double.IsNaN(_window.Sol.At(entry.Time)))
            {
                return new(_scenario, null, MissingSolPrice.Sentence(entry.Time));
            }
            else
            {
                Enter(signal, entry);
            }
        }

        SettleUntil(long.MaxValue);
        return new(_scenario, Result(cancellation), null);
    }

    /// <summary>Lets every bar that closes by then happen, in order of time, older positions first.</summary>
    private void SettleUntil(long time)
    {
        while (_nextBars.TryPeek(out var position, out var next) && next.Time <= time)
        {
            _nextBars.Dequeue();
            foreach (var fill in position.TakeNextBar())
            {
                _cash += fill.ProceedsSol;
                _ledger.Add((fill.Time, _cash));
            }

            if (position.IsOpen)
            {
                _nextBars.Enqueue(position, (position.NextBarClose, next.Decision));
            }
        }
    }

    private SkipReason? Decide(int signal, out ReferenceEntry entry)
    {
        var signals = _window.Signals;
        entry = default;
        if (!(Score(_scenario.Weights, signals, signal) + 1e-9 >= _scenario.ScoreThreshold))
        {
            return SkipReason.BelowThreshold;
        }

        if (!_scenario.Filter.Passes(signals.LiquiditiesUsd[signal], signals.TokenAgesMinutes[signal]))
        {
            return SkipReason.Filtered;
        }

        var day = signals.Times[signal] / TimeSpan.TicksPerDay;
        if (_positions.Count(position => _window.Signals.Times[position.Signal] / TimeSpan.TicksPerDay == day) >= _scenario.MaxDailyTrades)
        {
            return SkipReason.DailyLimit;
        }

        var token = signals.Tokens[signal];
        if (_positions.Exists(position => position.Token == token && position.IsMainOpen))
        {
            return SkipReason.AlreadyHolding;
        }

        if (_positions.Count(position => position.IsMainOpen) >= _scenario.MaxConcurrentPositions)
        {
            return SkipReason.MaxPositions;
        }

        if (ReferenceEntry.Find(_scenario, _window, signal) is not { } found)
        {
            return SkipReason.NoPrice;
        }

        entry = found;
        var (size, fees) = Size(signal);
        return _cash < size + fees ? SkipReason.InsufficientCapital : null;
    }

    private (double Sol, double FeesSol) Size(int signal)
    {
        var convinced = Score(_scenario.Weights, _window.Signals, signal) + 1e-9 >= _scenario.HighConvictionThreshold;
        var size = convinced ? _scenario.BasePositionSol * _scenario.HighConvictionMultiplier : _scenario.BasePositionSol;
        return (size, (size * _scenario.FeeBps / 10000) + _scenario.NetworkFeeSol);
    }

    private void Enter(int signal, ReferenceEntry entry)
    {
        var (size, fees) = Size(signal);
        _cash -= size + fees;
        _ledger.Add((_window.Signals.Times[signal], _cash));
        var position = new ReferencePosition(_scenario, _window, signal, entry, size, fees);
        _positions.Add(position);
        _nextBars.Enqueue(position, (position.NextBarClose, _positions.Count));
    }

    private Replay Result(CancellationToken cancellation)
    {
        var (trades, fills) = (new List<Trade>(), new List<Fill>());
        foreach (var position in _positions)
        {
            trades.Add(position.ToTrade(Score(_scenario.Weights, _window.Signals, position.Signal), fills.Count));
            fills.AddRange(position.Fills);
        }

        var equity = new double[_window.Grid.Count];
        for (var point = 0; point < equity.Length; point++)
        {
            cancellation.ThrowIfCancellationRequested();
            equity[point] = EquityAt(_window.Grid[point]);
        }

        return new(
            new(Skipped(SkipReason.BelowThreshold), Skipped(SkipReason.Filtered), Skipped(SkipReason.DailyLimit), Skipped(SkipReason.AlreadyHolding),
                Skipped(SkipReason.MaxPositions), Skipped(SkipReason.NoPrice), Skipped(SkipReason.InsufficientCapital)),
            new([.. trades], [.. fills]),
            [.. equity],
            Metrics.Of(_window.Signals.Count, _scenario.StartingCapitalSol, [.. trades], equity, _window.Grid));
    }

    private int Skipped(SkipReason reason) => _skipped.GetValueOrDefault(reason);

    private double EquityAt(long time)
    {
        var last = _ledger.FindLastIndex(line => line.Time <= time);
        var equity = last < 0 ? _scenario.StartingCapitalSol : _ledger[last].Cash;
        foreach (var position in _positions)
        {
            equity += position.WorthAt(time);
        }

        return equity;
    }
}

/// <summary>Where a signal can be entered.</summary>
/// <param name="Time">UTC ticks.</param>
/// <param name="FirstBar">The first bar that can touch the position.</param>
internal readonly record struct ReferenceEntry(long Time, double RawPrice, int FirstBar)
{
    private static readonly long LatestOpening = TimeSpan.FromMinutes(5).Ticks;

    /// <summary>Null when there is no price.</summary>
    internal static ReferenceEntry? Find(Scenario scenario, HistoryWindow window, int signal)
    {
        var token = window.Signals.Tokens[signal];
        if (window.Bars(token) is not { } bars)
        {
            return null;
        }

        var delay = Durations.Ticks(scenario.EntryDelaySeconds, TimeSpan.TicksPerSecond);
        var earliest = window.Signals.Times[signal] + delay;
        var first = bars.FirstOpenAtOrAfter(earliest);
        if (first >= bars.Count || bars.CloseTime(first) > window.To.Ticks)
        {
            return null;
        }

        return delay == 0 ? new(earliest, window.Signals.PricesUsd[signal], first)
            : bars.OpenTimes[first] - earliest > LatestOpening ? null
            : new(bars.OpenTimes[first], bars.Opens[first], first);
    }
}
