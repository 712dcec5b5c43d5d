using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>
/// One position's way through the bars of its token. It leaps to the next bar that can matter, one that reaches a level
/// in force, and there does what the contract says, word by word as <see cref="ReferencePosition"/> does for every bar.
/// </summary>
internal ref struct ExitWalk
{
    private const double Nothing = ReferencePosition.Nothing;

    private readonly HistoryWindow _window;
    private readonly Kernels _kernels;
    private readonly ExitLevels _levels;
    private readonly ExitStrategy _exit;
    private readonly BarSeries _bars;
    private readonly Span<PathFill> _fills;
    private readonly int _signal;
    private readonly int _firstBar;
    private readonly double _saleFactor;
    private readonly double _entryPrice;
    private readonly double _stop;
    private readonly double _moonbagStop; // 0, which no price reaches, when there is none
    private readonly double _activation;
    private readonly int _lastBar;
    private readonly int _holdBar;

    private int _bar;
    private int _count;
    private double _main;
    private double _reserve;
    private bool _moonbagFormed;
    private int _nextTakeProfit;
    private double _peak;
    private bool _trailing;

    internal ExitWalk(HistoryWindow window, Kernels kernels, ExitRules rules, ExitLevels levels, int signal, in Entry entry, BarSeries bars, int usableBars, Span<PathFill> fills)
    {
        (_window, _kernels, _levels, _exit, _bars) = (window, kernels, levels, rules.Exit, bars);
        _fills = fills;
        _saleFactor = 1 - (rules.SlippageBps / 10000);
        _entryPrice = entry.RawPrice * (1 + (rules.SlippageBps / 10000));
        _stop = _entryPrice * (1 - _exit.StopLoss);
        _moonbagStop = _exit.MoonbagStopLoss is { } stopLoss ? _entryPrice * (1 - stopLoss) : 0;
        _activation = _exit.TrailingEnabled ? _entryPrice * _exit.TrailingActivation : double.PositiveInfinity;
        _lastBar = usableBars - 1;
        (_signal, _firstBar, _bar) = (signal, entry.FirstBar, entry.FirstBar);
        _holdBar = _exit.MaxHoldHours is { } hours
            ? Math.Max(_bar, bars.FirstOpenAtOrAfter(entry.Time + Durations.Ticks(hours, TimeSpan.TicksPerHour) - bars.Interval.Ticks))
            : int.MaxValue;
        _reserve = _exit.Moonbag >= Nothing ? _exit.Moonbag : 0;
        _main = 1 - _reserve;
        _peak = _entryPrice;
    }

    private readonly bool IsMainOpen => _main >= Nothing;

    /// <summary>Writes the fills of the whole way; returns how many.</summary>
    internal int ToTheEnd()
    {
        for (; IsMainOpen || _reserve >= Nothing; _bar++)
        {
            _bar = Math.Max(_bar, NextBarThatMatters()); // never backwards, whatever is remembered
            TakeBar();
        }

        return _count;
    }

    private int NextBarThatMatters()
    {
        var next = _moonbagFormed && _reserve >= Nothing && _moonbagStop > 0
            ? _kernels.FirstOutside(_bars, _bar, _lastBar, _moonbagStop, double.PositiveInfinity)
            : _lastBar;
        return IsMainOpen ? NextBarOfMain(next) : next;
    }

    private int NextBarOfMain(int next)
    {
        next = Math.Min(next, _holdBar);
        if (_nextTakeProfit < _exit.TakeProfits.Length)
        {
            next = Math.Min(next, FirstCrossing(_levels.TakeProfits[_nextTakeProfit], 0, _entryPrice * _exit.TakeProfits[_nextTakeProfit].Multiplier));
        }

        if (_trailing)
        {
            return NextBarOfTrail(next);
        }

        next = Math.Min(next, FirstCrossing(_levels.Stop, _stop, double.PositiveInfinity));
        return _exit.TrailingEnabled ? Math.Min(next, FirstCrossing(_levels.Activation, 0, _activation)) : next;
    }

    /// <summary>
    /// The first bar since the entry that reaches a level, or the last usable bar, which matters anyway. It does not lie
    /// behind: the position would have met the level there.
    /// </summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private readonly int FirstCrossing(int level, double down, double up)
    {
        if (!_levels.Crossings.Knows(level, _signal, out var bar))
        {
            bar = _kernels.FirstOutside(_bars, _firstBar, _lastBar, down, up);
            _levels.Crossings.Remember(level, _signal, bar);
        }

        return bar;
    }

    /// <summary>The first bar before <paramref name="end"/> that reaches the stop or the trail, which rises with the peak.</summary>
    private int NextBarOfTrail(int end)
    {
        var lows = _bars.Lows;
        var highs = _bars.Highs;
        var (bar, blockSize, keep) = (_bar, _bars.BlockSize, 1 - _exit.TrailingDistance);
        while (bar < end)
        {
            var block = bar / blockSize;
            var blockEnd = (block + 1) * blockSize;
            var blockPeak = Math.Max(_peak, _bars.BlockHighs[block]);
            if (bar == block * blockSize && blockEnd <= end && _bars.BlockLows[block] > Math.Max(_stop, blockPeak * keep))
            {
                (_peak, bar) = (blockPeak, blockEnd);
                continue;
            }

            for (blockEnd = Math.Min(blockEnd, end); bar < blockEnd; bar++)
            {
                if (lows[bar] <= Math.Max(_stop, _peak * keep))
                {
                    return bar;
                }

                _peak = Math.Max(_peak, highs[bar]);
            }
        }

        return end;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void TakeBar()
    {
        // Columns are read only where needed: each is a cache line that may be far away.
        var (high, low) = (_bars.Highs[_bar], _bars.Lows[_bar]);
        if (IsMainOpen)
        {
            var trail = _trailing ? _peak * (1 - _exit.TrailingDistance) : 0;
            var level = Math.Max(_stop, trail);
            if (low <= level)
            {
                SellMain(Math.Min(_bars.Opens[_bar], level), trail > _stop ? ExitReason.TrailingStop : ExitReason.StopLoss);
            }
        }

        if (_moonbagFormed && _reserve >= Nothing && low <= _moonbagStop)
        {
            var reserve = _reserve;
            _reserve = 0;
            Sell(reserve, Math.Min(_bars.Opens[_bar], _moonbagStop), ExitReason.MoonbagStop, closesMain: false);
        }

        TakeProfits(high);
        _peak = Math.Max(_peak, high);
        _trailing |= _peak >= _activation;
        if (IsMainOpen && _bar >= _holdBar)
        {
            SellMain(_bars.Closes[_bar], ExitReason.MaxHold);
        }

        if (_bar == _lastBar && (IsMainOpen || _reserve >= Nothing))
        {
            SellTheRest(_bars.Closes[_bar]);
        }
    }

    private void TakeProfits(double high)
    {
        for (; IsMainOpen && _nextTakeProfit < _exit.TakeProfits.Length; _nextTakeProfit++)
        {
            var (multiplier, fraction) = _exit.TakeProfits[_nextTakeProfit];
            var level = _entryPrice * multiplier;
            if (high < level)
            {
                return;
            }

            var sold = Math.Min(fraction, _main);
            if (sold >= Nothing)
            {
                _moonbagFormed = true;
                _main -= sold;
                _main = IsMainOpen ? _main : 0;
                Sell(sold, Math.Max(_bars.Opens[_bar], level), ExitReason.TakeProfit, closesMain: _main == 0);
            }
        }
    }

    private void SellMain(double price, ExitReason reason)
    {
        var sold = _moonbagFormed ? _main : 1;
        _main = 0;
        _reserve = _moonbagFormed ? _reserve : 0;
        Sell(sold, price, reason, closesMain: true);
    }

    private void SellTheRest(double close)
    {
        var (rest, closesMain) = (_moonbagFormed ? _main + _reserve : 1, IsMainOpen);
        (_main, _reserve) = (0, 0);
        var alive = _window.To.Ticks - _bars.CloseTime(_bar) <= TimeSpan.TicksPerHour;
        Sell(rest, alive ? close : close * _exit.DeadTokenRecovery, alive ? ExitReason.WindowEnd : ExitReason.DataEnd, closesMain);
    }

    private void Sell(double fraction, double price, ExitReason reason, bool closesMain)
    {
        var time = _bars.CloseTime(_bar);
        _fills[_count++] = new(time, fraction, price * _saleFactor, _window.Sol.At(time), _main + _reserve, _window.Grid.AtOrAfter(time), reason, closesMain);
    }
}
