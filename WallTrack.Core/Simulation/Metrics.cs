using WallTrack.History;

namespace WallTrack.Simulation;

/// <summary>
/// The figures of a replay. SOL where the name says so, fractions otherwise; an undefined figure is null.
/// </summary>
/// <remarks>
/// A trade whose P&amp;L is exactly 0 is neither winning nor losing. Losses are negative numbers, but
/// <see cref="GrossLossSol"/> is a magnitude. Sharpe: W. F. Sharpe, "The Sharpe Ratio", Journal of Portfolio Management
/// 21 (1994), with a risk-free rate of 0; Sortino: F. A. Sortino and L. N. Price, "Performance Measurement in a Downside
/// Risk Framework", Journal of Investing 3 (1994), with a target of 0; Calmar: T. W. Young, "Calmar Ratio: A Smoother
/// Tool", Futures 20 (1991).
/// </remarks>
public sealed record Metrics
{
    public required int SignalsProcessed { get; init; }

    public required int SignalsTraded { get; init; }

    public required int TotalTrades { get; init; }

    public required int WinningTrades { get; init; }

    public required int LosingTrades { get; init; }

    public required double? WinRate { get; init; }

    public required double TotalPnlSol { get; init; }

    public required double TotalReturn { get; init; }

    public required double? AverageWinSol { get; init; }

    public required double? AverageLossSol { get; init; }

    public required double? LargestWinSol { get; init; }

    public required double? LargestLossSol { get; init; }

    public required double GrossProfitSol { get; init; }

    public required double GrossLossSol { get; init; }

    /// <summary>Gross profit / gross loss; null when nothing was lost.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Mean P&amp;L per trade.</summary>
    public required double? ExpectancySol { get; init; }

    /// <summary>Largest (peak − equity) / peak.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>From the last moment at that peak to the first at its level again, or to the window's end.</summary>
    public required double MaxDrawdownHours { get; init; }

    public required double? SharpeRatio { get; init; }

    public required double? SortinoRatio { get; init; }

    public required double? CalmarRatio { get; init; }

    public required double? AverageHoldHours { get; init; }

    /// <summary>Share of the window's hours in which some position was open, moonbags included.</summary>
    public required double Exposure { get; init; }

    public required double FeesSol { get; init; }

    /// <param name="equity">SOL, one a point of <paramref name="grid"/>; the first is the starting capital.</param>
    public static Metrics Of(int signals, double startingCapitalSol, ReadOnlySpan<Trade> trades, ReadOnlySpan<double> equity, HourGrid grid)
    {
        var outcomes = TradeOutcomes.Of(trades);
        var totalReturn = outcomes.PnlSol / startingCapitalSol;
        var drawdown = Drawdown.Of(equity, grid);
        var daily = DailyReturns.Of(equity, grid);
        return new()
        {
            SignalsProcessed = signals,
            SignalsTraded = trades.Length,
            TotalTrades = trades.Length,
            WinningTrades = outcomes.Wins,
            LosingTrades = outcomes.Losses,
            WinRate = Ratio(outcomes.Wins, trades.Length),
            TotalPnlSol = outcomes.PnlSol,
            TotalReturn = totalReturn,
            AverageWinSol = Ratio(outcomes.ProfitSol, outcomes.Wins),
            AverageLossSol = Ratio(-outcomes.LossSol, outcomes.Losses),
            LargestWinSol = outcomes.Wins > 0 ? outcomes.LargestWinSol : null,
            LargestLossSol = outcomes.Losses > 0 ? outcomes.LargestLossSol : null,
            GrossProfitSol = outcomes.ProfitSol,
            GrossLossSol = outcomes.LossSol,
            ProfitFactor = Ratio(outcomes.ProfitSol, outcomes.LossSol),
            ExpectancySol = Ratio(outcomes.PnlSol, trades.Length),
            MaxDrawdown = drawdown.Depth,
            MaxDrawdownHours = drawdown.Hours,
            SharpeRatio = daily.Sharpe,
            SortinoRatio = daily.Sortino,
            CalmarRatio = totalReturn >= -1 // an account below zero has no yearly growth
                ? Ratio(Math.Pow(1 + totalReturn, 365 / (grid.To - grid.From).TotalDays) - 1, drawdown.Depth)
                : null,
            AverageHoldHours = Ratio(outcomes.HoldTicks / (double)TimeSpan.TicksPerHour, trades.Length),
            Exposure = ExposureOf(trades, grid),
            FeesSol = outcomes.FeesSol,
        };
    }

    /// <summary>The quotient, or null where it is not a number.</summary>
    internal static double? Ratio(double part, double whole) => whole != 0 && part / whole is var ratio && double.IsFinite(ratio) ? ratio : null;

    private static double ExposureOf(ReadOnlySpan<Trade> trades, HourGrid grid)
    {
        Span<int> changes = grid.Count <= 4096 ? stackalloc int[grid.Count] : new int[grid.Count];
        changes.Clear();
        foreach (ref readonly var trade in trades)
        {
            changes[grid.AtOrBefore(trade.EntryTime)]++;
            changes[grid.AtOrAfter(trade.ExitTime)]--;
        }

        var (open, exposed) = (0, 0);
        foreach (var change in changes[..^1])
        {
            open += change;
            exposed += open > 0 ? 1 : 0;
        }

        return exposed / (double)(grid.Count - 1);
    }
}

/// <summary>Sums over the trades, in order of decision.</summary>
internal readonly record struct TradeOutcomes(
    int Wins, int Losses, double PnlSol, double ProfitSol, double LossSol, double LargestWinSol, double LargestLossSol, double FeesSol, long HoldTicks)
{
    internal static TradeOutcomes Of(ReadOnlySpan<Trade> trades)
    {
        var (wins, losses, holdTicks) = (0, 0, 0L);
        double pnl = 0, profit = 0, loss = 0, largestWin = 0, largestLoss = 0, fees = 0;
        foreach (ref readonly var trade in trades)
        {
            pnl += trade.PnlSol;
            fees += trade.FeesSol;
            holdTicks += trade.ExitTime - trade.EntryTime;
            if (trade.PnlSol > 0)
            {
                wins++;
                profit += trade.PnlSol;
                largestWin = Math.Max(largestWin, trade.PnlSol);
            }
            else if (trade.PnlSol < 0)
            {
                losses++;
                loss -= trade.PnlSol;
                largestLoss = Math.Min(largestLoss, trade.PnlSol);
            }
        }

        return new(wins, losses, pnl, profit, loss, largestWin, largestLoss, fees, holdTicks);
    }
}

/// <summary>The deepest fall below a running peak (the first, when two are equal), and how long it lasted.</summary>
internal readonly record struct Drawdown(double Depth, double Hours)
{
    internal static Drawdown Of(ReadOnlySpan<double> equity, HourGrid grid)
    {
        var (peak, deepestPeak, trough) = (0, 0, 0);
        var depth = 0.0;
        for (var i = 1; i < equity.Length; i++)
        {
            if (equity[i] >= equity[peak])
            {
                peak = i;
            }
            else if ((equity[peak] - equity[i]) / equity[peak] is var fall && fall > depth)
            {
                (depth, deepestPeak, trough) = (fall, peak, i);
            }
        }

        if (depth == 0)
        {
            return default;
        }

        var recovery = trough;
        while (recovery < equity.Length - 1 && equity[recovery] < equity[deepestPeak])
        {
            recovery++;
        }

        return new(depth, (grid[recovery] - grid[deepestPeak]) / (double)TimeSpan.TicksPerHour);
    }
}

/// <summary>Ratios of the returns between the window's start, each UTC midnight inside it, and its end, a year having 365 days.</summary>
internal readonly record struct DailyReturns(double? Sharpe, double? Sortino)
{
    private static readonly double DaysPerYearRoot = Math.Sqrt(365);

    internal static DailyReturns Of(ReadOnlySpan<double> equity, HourGrid grid)
    {
        var returns = new List<double>();
        var (before, midnight) = (equity[0], grid.From.Ticks);
        do
        {
            midnight = Math.Min(((midnight / TimeSpan.TicksPerDay) + 1) * TimeSpan.TicksPerDay, grid.To.Ticks);
            if (!(before > 0))
            {
                return default; // an account at or below zero has no return
            }

            var after = equity[grid.AtOrAfter(midnight)];
            returns.Add((after / before) - 1);
            before = after;
        }
        while (midnight < grid.To.Ticks);

        var mean = returns.Sum() / returns.Count;
        double squares = 0, downside = 0;
        foreach (var r in returns)
        {
            squares += (r - mean) * (r - mean);
            downside += Math.Min(r, 0) * Math.Min(r, 0);
        }

        var deviation = returns.Count > 1 ? Math.Sqrt(squares / (returns.Count - 1)) : 0;
        return new(
            Metrics.Ratio(mean, deviation) * DaysPerYearRoot,
            Metrics.Ratio(mean, Math.Sqrt(downside / returns.Count)) * DaysPerYearRoot);
    }
}
