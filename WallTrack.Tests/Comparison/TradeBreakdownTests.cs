using System.Collections.Immutable;
using WallTrack.Comparison;
using WallTrack.Simulation;

namespace WallTrack.Tests.Comparison;

public sealed class TradeBreakdownTests
{
    private const double Rounding = 1e-12;

    // Ann's first trade cost 1 SOL: a quarter of it brought 1, the rest 0.6. Bob's cost 1 and brought 0.5.
    private static readonly ClosedTrade[] Trades =
    [
        Trade("ann", "cat", hour: 3, quantity: 8, pnlSol: 0.6, (ExitReason.TakeProfit, 2, 1.0), (ExitReason.StopLoss, 6, 0.6)),
        Trade("bob", "cat", hour: 3, quantity: 5, pnlSol: -0.5, (ExitReason.StopLoss, 5, 0.5)),
        Trade("ann", "dog", hour: 23, quantity: 1, pnlSol: 0.25, (ExitReason.TakeProfit, 1, 1.25)),
    ];

    [Fact]
    public void A_fill_bears_its_share_of_what_the_entry_cost()
    {
        var rows = TradeBreakdown.Of(Trades).ByExitReason;

        // Take-profits: 1 − 0.25 and 1.25 − 1; stops: 0.6 − 0.75 and 0.5 − 1.
        Assert.Equal([ExitReason.TakeProfit, ExitReason.StopLoss], rows.Select(row => row.Key));
        Assert.Equal([(2, 2), (2, 0)], rows.Select(row => (row.Count, row.Winning)));
        Assert.Equal([1.0, -0.65], rows.Select(row => Math.Round(row.PnlSol, 12)));
    }

    [Fact]
    public void Wallets_and_tokens_are_the_most_profitable_first()
    {
        var breakdown = TradeBreakdown.Of(Trades);

        Assert.Equal([("ann", 2, 2, 1.0), ("bob", 1, 0, 0.0)], breakdown.ByWallet.Select(row => (row.Key, row.Count, row.Winning, row.WinRate)));
        Assert.Equal([("dog", 1), ("cat", 2)], breakdown.ByToken.Select(row => (row.Key, row.Count)));
        Assert.Equal(0.85, breakdown.ByWallet[0].PnlSol, Rounding);
    }

    [Fact]
    public void All_hours_of_the_day_are_there_in_order()
    {
        var rows = TradeBreakdown.Of(Trades).ByHour;

        Assert.Equal(Enumerable.Range(0, 24), rows.Select(row => row.Key));
        Assert.Equal([(3, 2), (23, 1)], rows.Where(row => row.Count > 0).Select(row => (row.Key, row.Count)));
    }

    [Fact]
    public void Every_breakdown_adds_up_to_the_whole()
    {
        var breakdown = TradeBreakdown.Of(Trades);

        Assert.Equal(0.35, breakdown.ByExitReason.Sum(row => row.PnlSol), Rounding);
        Assert.Equal(0.35, breakdown.ByWallet.Sum(row => row.PnlSol), Rounding);
        Assert.Equal(0.35, breakdown.ByToken.Sum(row => row.PnlSol), Rounding);
        Assert.Equal(0.35, breakdown.ByHour.Sum(row => row.PnlSol), Rounding);
    }

    [Fact]
    public void Equals_stand_in_the_order_of_their_names() =>
        Assert.Equal(["a", "b"], TradeBreakdown.Of([Flat("b"), Flat("a")]).ByWallet.Select(row => row.Key));

    [Fact]
    public void Without_trades_there_are_only_empty_hours()
    {
        var breakdown = TradeBreakdown.Of([]);

        Assert.Empty(breakdown.ByExitReason);
        Assert.Empty(breakdown.ByWallet);
        Assert.All(breakdown.ByHour, row => Assert.Equal((0, 0.0), (row.Count, row.PnlSol)));
    }

    private static ClosedTrade Flat(string wallet) => Trade(wallet, "cat", 0, 1, 0, (ExitReason.MaxHold, 1, 1));

    private static ClosedTrade Trade(string wallet, string token, int hour, double quantity, double pnlSol, params (ExitReason Reason, double Quantity, double ProceedsSol)[] fills) =>
        new(wallet, token, new(2026, 7, 1, hour, 59, 0, DateTimeKind.Utc), quantity, pnlSol,
            [.. fills.Select(fill => new Fill(0, fill.Reason, fill.Quantity, 1, fill.ProceedsSol))]);
}
