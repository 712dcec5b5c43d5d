using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>One position of a <see cref="ReferenceReplay"/>, taken from bar to bar.</summary>
internal sealed class ReferencePosition
{
    /// <summary>Less than this share of the initial quantity counts as nothing.</summary>
    internal const double Nothing = 1e-9;

    private readonly Scenario _scenario;
    private readonly HistoryWindow _window;
    private readonly BarSeries _bars;
    private readonly ReferenceEntry _entry;
    private readonly double _entryPrice;
    private readonly double _sizeSol;
    private readonly double _entryFeesSol;
    private readonly double _quantity;
    private readonly int _lastBar;
    private readonly List<(Fill Fill, double FeesSol, double OpenAfter)> _fills = [];

    // The state that bars change; main part and reserve are shares of the initial quantity.
    private int _nextBar;
    private double _main;
    private double _reserve;
    private bool _moonbagFormed;
    private int _nextTakeProfit;
    private double _peak;
    private bool _trailing;

    internal ReferencePosition(Scenario scenario, HistoryWindow window, int signal, ReferenceEntry entry, double sizeSol, double entryFeesSol)
    {
        (_scenario, _window, Signal, _entry, _sizeSol, _entryFeesSol) = (scenario, window, signal, entry, sizeSol, entryFeesSol);
        Token = window.Signals.Tokens[signal];
        _bars = window.Bars(Token)!;
        _lastBar = window.UsableBars(Token) - 1;
        _nextBar = entry.FirstBar;
        _entryPrice = entry.RawPrice * (1 + (scenario.SlippageBps / 10000));
        _quantity = sizeSol * window.Sol.At(entry.Time) / _entryPrice;
        _reserve = scenario.Exit.Moonbag >= Nothing ? scenario.Exit.Moonbag : 0;
        _main = 1 - _reserve;
        _peak = _entryPrice;
    }

    internal int Signal { get; }

    internal int Token { get; }

    internal bool IsMainOpen => _main >= Nothing;

    internal bool IsOpen => IsMainOpen || _reserve >= Nothing;

    internal long NextBarClose => _bars.CloseTime(_nextBar);

    internal IEnumerable<Fill> Fills => _fills.Select(fill => fill.Fill);

    /// <summary>Lets the next bar happen, and returns its fills.</summary>
    internal IEnumerable<Fill> TakeNextBar()
    {
        var before = _fills.Count;
        var (open, high, low, close) = (_bars.Opens[_nextBar], _bars.Highs[_nextBar], _bars.Lows[_nextBar], _bars.Closes[_nextBar]);
        Stop(open, low);
        MoonbagStop(open, low);
        TakeProfits(open, high);
        Trail(high);
        MaximumHold(close);
        TheEnd(close);
        _nextBar++;
        return _fills.Skip(before).Select(fill => fill.Fill);
    }

    internal Trade ToTrade(double score, int firstFill)
    {
        var proceeds = 0.0;
        var fees = _entryFeesSol;
        foreach (var fill in _fills)
        {
            proceeds += fill.Fill.ProceedsSol;
            fees += fill.FeesSol;
        }

        return new(Signal, firstFill, _fills.Count, score, _entry.Time, _fills[^1].Fill.Time, _entry.RawPrice, _entryPrice,
            _sizeSol, _quantity, fees, proceeds - _sizeSol - _entryFeesSol);
    }

    /// <summary>What the position adds to the equity curve: SOL.</summary>
    internal double WorthAt(long time)
    {
        if (time < _entry.Time)
        {
            return time < _window.Signals.Times[Signal] ? 0 : _sizeSol + _entryFeesSol;
        }

        var open = 1.0;
        foreach (var fill in _fills.Where(fill => fill.Fill.Time <= time))
        {
            open = fill.OpenAfter;
        }

        if (open == 0)
        {
            return 0;
        }

        var known = _bars.ClosedBy(time) - 1;
        var price = known >= 0 && _bars.CloseTime(known) > _entry.Time ? _bars.Closes[known] : _entry.RawPrice;
        return open * _quantity * (price / _window.Sol.At(time));
    }

    private void Stop(double open, double low)
    {
        if (!IsMainOpen)
        {
            return;
        }

        var stop = _entryPrice * (1 - _scenario.Exit.StopLoss);
        var trail = _trailing ? _peak * (1 - _scenario.Exit.TrailingDistance) : 0;
        var level = Math.Max(stop, trail);
        var reason = trail > stop ? ExitReason.TrailingStop : ExitReason.StopLoss;
        if (open <= level)
        {
            SellMain(open, reason);
        }
        else if (low <= level)
        {
            SellMain(level, reason);
        }
    }

    private void MoonbagStop(double open, double low)
    {
        if (!_moonbagFormed || _reserve < Nothing || _scenario.Exit.MoonbagStopLoss is not { } stopLoss)
        {
            return;
        }

        var level = _entryPrice * (1 - stopLoss);
        if (open <= level || low <= level)
        {
            var reserve = _reserve;
            _reserve = 0;
            Sell(reserve, open <= level ? open : level, ExitReason.MoonbagStop);
        }
    }

    private void TakeProfits(double open, double high)
    {
        var levels = _scenario.Exit.TakeProfits;
        for (; IsMainOpen && _nextTakeProfit < levels.Length && high >= _entryPrice * levels[_nextTakeProfit].Multiplier; _nextTakeProfit++)
        {
            var (multiplier, fraction) = levels[_nextTakeProfit];
            var sold = Math.Min(fraction, _main);
            if (sold >= Nothing)
            {
                _moonbagFormed = true;
                _main -= sold;
                _main = IsMainOpen ? _main : 0;
                Sell(sold, Math.Max(open, _entryPrice * multiplier), ExitReason.TakeProfit);
            }
        }
    }

    private void Trail(double high)
    {
        _peak = Math.Max(_peak, high);
        _trailing |= _scenario.Exit.TrailingEnabled && _peak >= _entryPrice * _scenario.Exit.TrailingActivation;
    }

    private void MaximumHold(double close)
    {
        if (IsMainOpen && _scenario.Exit.MaxHoldHours is { } hours && NextBarClose - _entry.Time >= Durations.Ticks(hours, TimeSpan.TicksPerHour))
        {
            SellMain(close, ExitReason.MaxHold);
        }
    }

    private void TheEnd(double close)
    {
        if (!IsOpen || _nextBar < _lastBar)
        {
            return;
        }

        var rest = _moonbagFormed ? _main + _reserve : 1;
        (_main, _reserve) = (0, 0);
        var alive = _window.To.Ticks - NextBarClose <= TimeSpan.TicksPerHour;
        Sell(rest, alive ? close : close * _scenario.Exit.DeadTokenRecovery, alive ? ExitReason.WindowEnd : ExitReason.DataEnd);
    }

    /// <summary>The main part, and until the moonbag is formed the whole position.</summary>
    private void SellMain(double price, ExitReason reason)
    {
        var sold = _moonbagFormed ? _main : 1;
        _main = 0;
        _reserve = _moonbagFormed ? _reserve : 0;
        Sell(sold, price, reason);
    }

    private void Sell(double fraction, double price, ExitReason reason)
    {
        var quantity = fraction * _quantity;
        var salePrice = price * (1 - (_scenario.SlippageBps / 10000));
        var gross = quantity * salePrice / _window.Sol.At(NextBarClose);
        var fees = (gross * _scenario.FeeBps / 10000) + _scenario.NetworkFeeSol;
        _fills.Add((new(NextBarClose, reason, quantity, salePrice, gross - fees), fees, _main + _reserve));
    }
}
