using WallTrack.History;

namespace WallTrack.Simulation;

/// <summary>
/// What one token is worth at the points of the equity curve: SOL per token, the last known close over the SOL price.
/// It depends on no scenario, so each token's column is made once, when a position first asks for it.
/// </summary>
internal sealed class HourlyPrices
{
    private readonly HistoryWindow _window;
    private readonly double[] _solUsd;
    private readonly Column?[] _columns;

    internal HourlyPrices(HistoryWindow window)
    {
        _window = window;
        _solUsd = new double[window.Grid.Count];
        for (var point = 0; point < _solUsd.Length; point++)
        {
            _solUsd[point] = window.Sol.At(window.Grid[point]);
        }

        _columns = new Column?[window.Signals.TokenAddresses.Length];
    }

    /// <summary>USD per SOL, one a point; NaN where unknown.</summary>
    internal ReadOnlySpan<double> SolUsd => _solUsd;

    /// <summary>The prices of a token at the points [from, to), which lie between the closes of its first and last usable bar.</summary>
    internal ReadOnlySpan<double> Of(int token, int from, int to)
    {
        var column = Volatile.Read(ref _columns[token]);
        if (column is null)
        {
            column = Make(token);
            Volatile.Write(ref _columns[token], column);
        }

        return column.Prices.AsSpan(from - column.FirstPoint, to - from);
    }

    private Column Make(int token)
    {
        var (bars, usable, grid) = (_window.Bars(token)!, _window.UsableBars(token), _window.Grid);
        var first = grid.AtOrAfter(bars.CloseTime(0));
        var last = grid.AtOrAfter(bars.CloseTime(usable - 1));
        var prices = new double[last - first + 1];
        for (var point = first; point <= last; point++)
        {
            prices[point - first] = bars.Closes[bars.ClosedBy(grid[point]) - 1] / _solUsd[point];
        }

        return new(first, prices);
    }

    private sealed record Column(int FirstPoint, double[] Prices);
}
