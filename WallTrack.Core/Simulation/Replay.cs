using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>What one scenario did over one window.</summary>
/// <param name="Trades">In order of decision; <see cref="Trade.Signal"/> is a place in the window's signals.</param>
/// <param name="Equity">SOL, one value a point of the window's <see cref="HourGrid"/>.</param>
public sealed record Replay(SkipCounts Skipped, TradeLog Trades, ImmutableArray<double> Equity, Metrics Metrics);

/// <summary>The end of a simulation: either a replay, or the reason why there is none.</summary>
public sealed record Outcome(Scenario Scenario, Replay? Replay, string? Error);

/// <summary>Why a signal was not traded; the first that applies, in this order.</summary>
public enum SkipReason
{
    BelowThreshold,
    Filtered,
    DailyLimit,
    AlreadyHolding,
    MaxPositions,
    NoPrice,
    InsufficientCapital,
}

public readonly record struct SkipCounts(
    int BelowThreshold, int Filtered, int DailyLimit, int AlreadyHolding, int MaxPositions, int NoPrice, int InsufficientCapital)
{
    [JsonIgnore]
    public int Total => BelowThreshold + Filtered + DailyLimit + AlreadyHolding + MaxPositions + NoPrice + InsufficientCapital;
}

/// <summary>Why a fill sold.</summary>
public enum ExitReason
{
    StopLoss,
    TrailingStop,
    MoonbagStop,
    TakeProfit,
    MaxHold,
    WindowEnd,
    DataEnd,
}

/// <summary>A sale.</summary>
/// <param name="Time">UTC ticks: the close of the bar it happened in.</param>
/// <param name="Quantity">Tokens.</param>
/// <param name="Price">USD per token, slippage taken off.</param>
/// <param name="ProceedsSol">After fees.</param>
public readonly record struct Fill(long Time, ExitReason Reason, double Quantity, double Price, double ProceedsSol);

/// <summary>A position from its entry to its last fill.</summary>
/// <param name="Signal">Place of its signal in the window.</param>
/// <param name="FirstFill">Place of its first fill in <see cref="TradeLog.Fills"/>; its fills follow one another.</param>
/// <param name="EntryTime">UTC ticks.</param>
/// <param name="ExitTime">UTC ticks, the last fill's.</param>
/// <param name="RawPrice">USD per token before slippage.</param>
/// <param name="EntryPrice">USD per token with slippage.</param>
/// <param name="SizeSol">Without fees.</param>
/// <param name="Quantity">Tokens.</param>
/// <param name="FeesSol">Of the entry and of every fill.</param>
/// <param name="PnlSol">Σ proceeds − size − entry fees.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Trade(
    int Signal, int FirstFill, int FillCount, double Score, long EntryTime, long ExitTime, double RawPrice, double EntryPrice,
    double SizeSol, double Quantity, double FeesSol, double PnlSol)
{
    /// <summary>Fraction of the size.</summary>
    public double PnlFraction => PnlSol / SizeSol;

    public TimeSpan Hold => new(ExitTime - EntryTime);
}

/// <summary>Trades in order of decision, and their fills, each trade's in order of time.</summary>
public sealed class TradeLog(ImmutableArray<Trade> trades, ImmutableArray<Fill> fills)
{
    public ImmutableArray<Trade> Trades { get; } = trades;

    public ImmutableArray<Fill> Fills { get; } = fills;

    public int Count => Trades.Length;

    public ReadOnlySpan<Fill> FillsOf(in Trade trade) => Fills.AsSpan(trade.FirstFill, trade.FillCount);
}
