using System.Collections.Immutable;
using System.Runtime.InteropServices;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>
/// Replays one scenario after another with the shared columns of a <see cref="Simulator"/>. What is left for it to do is
/// a short loop over the eligible signals, with an agenda of the fills to come, and a scaled add per trade for the
/// equity curve. Not safe for two threads at once.
/// </summary>
public sealed class SimulatorWorker
{
    private const int StepsBetweenCancellationChecks = 4096;

    private readonly Simulator _simulator;
    private readonly HistoryWindow _window;
    private readonly ExitPaths _paths;
    private readonly Agenda _agenda = new();
    private readonly byte[] _held; // by token: 1 while the main part of a position is open
    private readonly List<Trade> _trades = [];
    private readonly List<Fill> _fills = [];
    private readonly List<PathFill> _pathFills = []; // each beside its fill

    // One replay's state.
    private Scenario _scenario = Presets.Balanced;
    private Entries _entries = null!;
    private double _cash;
    private int _mainsOpen;
    private double[] _equity = [];
    private int _point; // the equity curve's points before this one have their cash

    internal SimulatorWorker(Simulator simulator)
    {
        (_simulator, _window) = (simulator, simulator.Window);
        _paths = new(simulator);
        _held = new byte[_window.Signals.TokenAddresses.Length];
    }

    /// <summary>The outcome of one scenario, of which nothing is left behind.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Outcome Run(Scenario scenario, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        cancellation.ThrowIfCancellationRequested();
        Begin(scenario);
        var eligible = _simulator.Eligibility.Of(scenario);
        if (Decide(eligible, out var skipped, cancellation) is { } error)
        {
            return new(scenario, null, error);
        }

        Settle(long.MaxValue);
        CarryCashTo(_equity.Length);
        AddPositionsToEquity();
        var trades = CollectionsMarshal.AsSpan(_trades);
        return new(
            scenario,
            new(skipped,
                new(Copy<Trade>(trades), Copy<Fill>(CollectionsMarshal.AsSpan(_fills))),
                ImmutableCollectionsMarshal.AsImmutableArray(_equity),
                Metrics.Of(_window.Signals.Count, scenario.StartingCapitalSol, trades, _equity, _window.Grid)),
            null);
    }

    /// <summary>An exact copy, whose memory is not cleared first.</summary>
    private static ImmutableArray<T> Copy<T>(ReadOnlySpan<T> items)
    {
        var copy = GC.AllocateUninitializedArray<T>(items.Length);
        items.CopyTo(copy);
        return ImmutableCollectionsMarshal.AsImmutableArray(copy);
    }

    private void Begin(Scenario scenario)
    {
        (_scenario, _cash, _mainsOpen, _point) = (scenario, scenario.StartingCapitalSol, 0, 0);
        _entries = _simulator.EntriesAfter(scenario.EntryDelaySeconds);
        _paths.Use(ExitRules.Of(scenario), _entries);
        _equity = GC.AllocateUninitializedArray<double>(_window.Grid.Count); // every point gets its cash before anything is added
        _agenda.Clear();
        _trades.Clear();
        _fills.Clear();
        _pathFills.Clear();
        Array.Clear(_held);
    }

    /// <summary>Takes or skips each eligible signal; an error when a position cannot be priced in SOL.</summary>
    private string? Decide(EligibleSignals eligible, out SkipCounts skipped, CancellationToken cancellation)
    {
        var times = eligible.Times;
        var tokens = eligible.Tokens.AsSpan(0, times.Length);
        var (dailyLimit, alreadyHolding, maxPositions, noPrice, insufficientCapital) = (0, 0, 0, 0, 0);
        var (dayEnd, entriesToday, nextCheck) = (0L, 0, 0);
        skipped = default;
        for (var i = 0; i < times.Length;)
        {
            var time = times[i];
            if (i >= nextCheck)
            {
                cancellation.ThrowIfCancellationRequested();
                nextCheck = i + StepsBetweenCancellationChecks;
            }

            if (time >= dayEnd)
            {
                dayEnd = ((time / TimeSpan.TicksPerDay) + 1) * TimeSpan.TicksPerDay;
                entriesToday = 0;
            }

            if (entriesToday >= _scenario.MaxDailyTrades)
            {
                var tomorrow = FirstAtOrAfter(dayEnd, times, i);
                dailyLimit += tomorrow - i;
                i = tomorrow;
                continue;
            }

            Settle(time);
            if (_mainsOpen >= _scenario.MaxConcurrentPositions)
            {
                // Until the next fill every signal is skipped for one of two reasons, whatever the day.
                var (end, holding) = (FirstAtOrAfter(_agenda.NextTime, times, i), 0);
                foreach (var token in tokens[i..end])
                {
                    holding += _held[token];
                }

                alreadyHolding += holding;
                maxPositions += end - i - holding;
                i = end;
                continue;
            }

            var at = i++;
            if (_held[tokens[at]] != 0)
            {
                alreadyHolding++;
                continue;
            }

            var signal = eligible.Signals[at];
            ref readonly var entry = ref _entries[signal];
            if (!entry.HasPrice)
            {
                noPrice++;
                continue;
            }

            var score = eligible.Scores[signal];
            var sizeSol = score + Eligibility.Tolerance >= _scenario.HighConvictionThreshold
                ? _scenario.BasePositionSol * _scenario.HighConvictionMultiplier
                : _scenario.BasePositionSol;
            var feesSol = (sizeSol * _scenario.FeeBps / 10000) + _scenario.NetworkFeeSol;
            if (_cash < sizeSol + feesSol)
            {
                insufficientCapital++;
                continue;
            }

            if (double.IsNaN(entry.SolUsd))
            {
                return MissingSolPrice.Sentence(entry.Time);
            }

            Enter(signal, in entry, score, sizeSol, feesSol);
            entriesToday++;
        }

        skipped = new(eligible.BelowThreshold, eligible.Filtered, dailyLimit, alreadyHolding, maxPositions, noPrice, insufficientCapital);
        return null;
    }

    /// <summary>The first place from <paramref name="from"/> on with that time or a later one; it is near as a rule, so the search widens from there.</summary>
    private static int FirstAtOrAfter(long time, long[] times, int from)
    {
        var reach = 16;
        while (from + reach < times.Length && times[from + reach] < time)
        {
            from += reach;
            reach *= 2;
        }

        var (low, high) = (from, Math.Min(from + reach, times.Length));
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Enter(int signal, in Entry entry, double score, double sizeSol, double entryFeesSol)
    {
        CarryCashTo(entry.DecisionPoint);
        _cash -= sizeSol + entryFeesSol;

        var path = _paths.Of(signal);
        var entryPrice = entry.RawPrice * (1 + (_scenario.SlippageBps / 10000));
        var quantity = sizeSol * entry.SolUsd / entryPrice;
        var (firstFill, proceeds, fees) = (_fills.Count, 0.0, entryFeesSol);
        foreach (ref readonly var step in path)
        {
            var sold = step.Fraction * quantity;
            var gross = sold * step.SalePrice / step.SolUsd;
            var fee = (gross * _scenario.FeeBps / 10000) + _scenario.NetworkFeeSol;
            _fills.Add(new(step.Time, step.Reason, sold, step.SalePrice, gross - fee));
            _pathFills.Add(step);
            proceeds += gross - fee;
            fees += fee;
        }

        _agenda.Add(new(path[0].Time, _trades.Count, firstFill));
        _trades.Add(new(signal, firstFill, path.Length, score, entry.Time, path[^1].Time, entry.RawPrice, entryPrice,
            sizeSol, quantity, fees, proceeds - sizeSol - entryFeesSol));
        _held[_window.Signals.Tokens[signal]] = 1;
        _mainsOpen++;
    }

    /// <summary>Lets every fill up to that time happen: its cash is back, its slot is free.</summary>
    private void Settle(long time)
    {
        var fills = CollectionsMarshal.AsSpan(_fills);
        var steps = CollectionsMarshal.AsSpan(_pathFills);
        while (_agenda.NextTime <= time && _agenda.Count > 0)
        {
            var (_, trade, fill) = _agenda.Next;
            ref readonly var step = ref steps[fill];
            CarryCashTo(step.Point);
            _cash += fills[fill].ProceedsSol;
            if (step.ClosesMain)
            {
                _held[_window.Signals.Tokens[_trades[trade].Signal]] = 0;
                _mainsOpen--;
            }

            if (step.OpenAfter == 0)
            {
                _agenda.RemoveNext();
            }
            else
            {
                _agenda.ReplaceNext(new(steps[fill + 1].Time, trade, fill + 1));
            }
        }
    }

    /// <summary>Writes the cash as it now is to the points before that one.</summary>
    private void CarryCashTo(int point)
    {
        if (point > _point)
        {
            _equity.AsSpan(_point..point).Fill(_cash);
            _point = point;
        }
    }

    private void AddPositionsToEquity()
    {
        var steps = CollectionsMarshal.AsSpan(_pathFills);
        foreach (ref readonly var trade in CollectionsMarshal.AsSpan(_trades))
        {
            ref readonly var entry = ref _entries[trade.Signal];
            for (var point = entry.DecisionPoint; point < entry.EntryPoint; point++)
            {
                // set aside for an entry still to come
                _equity[point] += trade.SizeSol + ((trade.SizeSol * _scenario.FeeBps / 10000) + _scenario.NetworkFeeSol);
            }

            var (from, open) = (entry.EntryPoint, 1.0);
            foreach (ref readonly var step in steps.Slice(trade.FirstFill, trade.FillCount))
            {
                AddHolding(in entry, _window.Signals.Tokens[trade.Signal], open * trade.Quantity, from, step.Point);
                (from, open) = (step.Point, step.OpenAfter);
            }
        }
    }

    /// <summary>Adds what that quantity is worth at the points [from, to).</summary>
    private void AddHolding(in Entry entry, int token, double quantity, int from, int to)
    {
        var prices = _simulator.HourlyPrices;
        for (; from < Math.Min(to, entry.MarkedPoint); from++)
        {
            _equity[from] += quantity * (entry.RawPrice / prices.SolUsd[from]);
        }

        if (from < to)
        {
            _simulator.Kernels.AddScaled(_equity.AsSpan(from..to), prices.Of(token, from, to), quantity);
        }
    }
}
