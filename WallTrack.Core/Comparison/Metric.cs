using System.Collections.Immutable;
using WallTrack.Simulation;

namespace WallTrack.Comparison;

public enum MetricUnit
{
    Sol,

    /// <summary>Shown as percent.</summary>
    Fraction,
    Ratio,
    Count,
    Hours,
}

public enum Better
{
    Higher,
    Lower,

    /// <summary>A description, not a merit.</summary>
    Neither,
}

/// <summary>One figure by which scenarios are compared.</summary>
/// <param name="Name">As results.json names it.</param>
/// <param name="Definition">One sentence for whoever asks what it means.</param>
public sealed record Metric(string Name, string Label, MetricUnit Unit, Better Better, string Definition, Func<Metrics, double?> Read)
{
    public const string Undefined = "n/a";

    public static Metric TotalPnl { get; } = new("total_pnl_sol", "P&L", MetricUnit.Sol, Better.Higher, "What all trades together earned, after slippage and fees.", m => m.TotalPnlSol);

    public static Metric TotalReturn { get; } = new("total_return", "Return", MetricUnit.Fraction, Better.Higher, "P&L over the starting capital.", m => m.TotalReturn);

    public static Metric MaxDrawdown { get; } = new("max_drawdown", "Max drawdown", MetricUnit.Fraction, Better.Lower, "The deepest fall of the equity curve below its peak so far.", m => m.MaxDrawdown);

    public static Metric TotalTrades { get; } = new("total_trades", "Trades", MetricUnit.Count, Better.Neither, "Positions entered.", m => m.TotalTrades);

    public static Metric WinRate { get; } = new("win_rate", "Win rate", MetricUnit.Fraction, Better.Higher, "Trades with a profit over all trades.", m => m.WinRate);

    public static Metric ProfitFactor { get; } = new("profit_factor", "Profit factor", MetricUnit.Ratio, Better.Higher, "Gross profit over gross loss; n/a when nothing was lost.", m => m.ProfitFactor);

    public static Metric Sharpe { get; } = new("sharpe_ratio", "Sharpe", MetricUnit.Ratio, Better.Higher, "Mean of the daily returns over their deviation, per year.", m => m.SharpeRatio);

    public static Metric Sortino { get; } = new("sortino_ratio", "Sortino", MetricUnit.Ratio, Better.Higher, "Mean of the daily returns over the deviation of the losing days, per year.", m => m.SortinoRatio);

    public static Metric Calmar { get; } = new("calmar_ratio", "Calmar", MetricUnit.Ratio, Better.Higher, "Return per year over the maximum drawdown.", m => m.CalmarRatio);

    public static Metric Expectancy { get; } = new("expectancy_sol", "Expectancy", MetricUnit.Sol, Better.Higher, "Mean P&L of a trade.", m => m.ExpectancySol);

    public static Metric AverageHold { get; } = new("average_hold_hours", "Average hold", MetricUnit.Hours, Better.Neither, "Mean time from entry to last fill.", m => m.AverageHoldHours);

    public static Metric Exposure { get; } = new("exposure", "Exposure", MetricUnit.Fraction, Better.Neither, "Hours with an open position over all hours.", m => m.Exposure);

    public static Metric Fees { get; } = new("fees_sol", "Fees", MetricUnit.Sol, Better.Lower, "Fees and network fees paid.", m => m.FeesSol);

    public static Metric WinningTrades { get; } = new("winning_trades", "Winning trades", MetricUnit.Count, Better.Neither, "Trades with a profit.", m => m.WinningTrades);

    public static Metric LosingTrades { get; } = new("losing_trades", "Losing trades", MetricUnit.Count, Better.Neither, "Trades with a loss.", m => m.LosingTrades);

    public static Metric AverageWin { get; } = new("average_win_sol", "Average win", MetricUnit.Sol, Better.Higher, "Mean P&L of the winning trades.", m => m.AverageWinSol);

    public static Metric AverageLoss { get; } = new("average_loss_sol", "Average loss", MetricUnit.Sol, Better.Higher, "Mean P&L of the losing trades, below zero.", m => m.AverageLossSol);

    public static Metric LargestWin { get; } = new("largest_win_sol", "Largest win", MetricUnit.Sol, Better.Higher, "P&L of the best trade, when it won.", m => m.LargestWinSol);

    public static Metric LargestLoss { get; } = new("largest_loss_sol", "Largest loss", MetricUnit.Sol, Better.Higher, "P&L of the worst trade, when it lost.", m => m.LargestLossSol);

    public static Metric MaxDrawdownHours { get; } = new("max_drawdown_hours", "Drawdown lasted", MetricUnit.Hours, Better.Lower, "From the peak before the deepest fall until it was reached again, or to the window's end.", m => m.MaxDrawdownHours);

    /// <summary>In the order of tables.</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        TotalPnl, TotalReturn, MaxDrawdown, TotalTrades, WinRate, ProfitFactor, Sharpe, Sortino, Calmar, Expectancy,
        WinningTrades, LosingTrades, AverageWin, AverageLoss, LargestWin, LargestLoss, MaxDrawdownHours, AverageHold, Exposure, Fees,
    ];

    /// <summary>Null when no metric has that name.</summary>
    public static Metric? Find(string? name) => All.FirstOrDefault(metric => metric.Name == name);

    /// <summary>With its percent sign, in the decimals of its unit, undefined as "n/a".</summary>
    public string Text(Metrics metrics) => Text(Read(metrics));

    /// <inheritdoc cref="Text(Metrics)"/>
    public string Text(double? value) => value is not { } defined ? Undefined : Written(defined);

    /// <summary>Above zero it is a gain, below a loss: shown with its sign.</summary>
    public bool IsGain => Better == Better.Higher && this != WinRate && Unit is MetricUnit.Sol or MetricUnit.Fraction;

    /// <summary>How far one value is from another: with its sign and its unit, "+1.5 SOL"; percentages in points.</summary>
    public string DifferenceText(double? difference) => difference is not { } defined ? Undefined : Unit switch
    {
        MetricUnit.Fraction => FigureText.Points(defined * 100),
        MetricUnit.Count => FigureText.Count(defined, withPlus: true),
        MetricUnit.Sol => $"{FigureText.Sol(defined, withPlus: true)} SOL",
        MetricUnit.Hours => $"{FigureText.Hours(defined, withPlus: true)} h",
        _ => FigureText.Ratio(defined, withPlus: true),
    };

    /// <summary>Behind a label; empty where numbers have none, or bring it along.</summary>
    public string UnitText => Unit switch { MetricUnit.Sol => "SOL", MetricUnit.Hours => "h", _ => "" };

    private string Written(double value) => Unit switch
    {
        MetricUnit.Fraction => FigureText.Percent(value * 100, withPlus: IsGain),
        MetricUnit.Count => FigureText.Count(value),
        MetricUnit.Sol => FigureText.Sol(value, withPlus: IsGain),
        MetricUnit.Hours => FigureText.Hours(value),
        _ => FigureText.Ratio(value),
    };
}
