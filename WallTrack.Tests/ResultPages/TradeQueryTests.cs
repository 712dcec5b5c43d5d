using System.Collections.Immutable;
using WallTrack.Batches;
using WallTrack.Dashboard.Backtests;
using WallTrack.Simulation;

namespace WallTrack.Tests.ResultPages;

public sealed class TradeQueryTests
{
    private static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ImmutableArray<TradeRow> Rows = [.. Enumerable.Range(1, 120).Select(Row)];

    [Fact]
    public void What_an_address_says_is_read_back_the_same()
    {
        var query = new TradeQuery(TradeColumn.Return, IsDescending: true, ExitReason.MoonbagStop, "Ann", "Cat", 3);
        var words = query.Parameters;

        Assert.Equal(query, TradeQuery.Of((string?)words["sort"], (string?)words["order"], (string?)words["reason"], (string?)words["wallet"], (string?)words["token"], 3));
        Assert.All(new TradeQuery().Parameters.Values, Assert.Null);
    }

    [Fact]
    public void What_an_address_should_not_say_means_nothing() =>
        Assert.Equal(new TradeQuery(), TradeQuery.Of("7", "up", "whim", " ", null, -4));

    [Fact]
    public void A_page_is_part_of_what_matches()
    {
        var page = new TradeQuery(Wallet: "WALLET1", Page: 2).Of(Rows); // of ten wallets, every tenth trade
        Assert.Equal((12, 1, 1), (page.Count, page.Page, page.Pages));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (10 * i) + 1), page.Rows.Select(row => row.Number).Order());

        var last = new TradeQuery(Page: 3).Of(Rows);
        Assert.Equal((120, 3, 3, 20), (last.Count, last.Page, last.Pages, last.Rows.Count));
        Assert.Equal(Rows.Sum(row => row.Trade.PnlSol), last.PnlSol, 1e-9);
    }

    [Fact]
    public void Any_fill_of_a_trade_may_have_the_reason() =>
        Assert.Equal(Rows.Where(row => row.Number % 3 == 0).Select(row => row.Number), AllOf(new(Reason: ExitReason.TakeProfit)).Order());

    [Theory]
    [InlineData(TradeColumn.Entry)]
    [InlineData(TradeColumn.Token)]
    [InlineData(TradeColumn.Wallet)]
    [InlineData(TradeColumn.Score)]
    [InlineData(TradeColumn.Size)]
    [InlineData(TradeColumn.Pnl)]
    [InlineData(TradeColumn.Return)]
    [InlineData(TradeColumn.Hold)]
    public void Every_column_sorts_both_ways_and_equals_keep_their_order(TradeColumn column)
    {
        IComparable KeyOf(TradeRow row) => column switch
        {
            TradeColumn.Token => row.Trade.TokenAddress, // all are told apart by one digit, so any order of texts will do
            TradeColumn.Wallet => row.Trade.WalletAddress,
            TradeColumn.Score => row.Trade.Score,
            TradeColumn.Size => row.Trade.SizeSol,
            TradeColumn.Pnl => row.Trade.PnlSol,
            TradeColumn.Return => row.PnlFraction,
            TradeColumn.Hold => row.Hold,
            _ => row.Trade.EntryTime,
        };
        var numbers = Rows.ToDictionary(row => row.Number);

        Assert.Equal(Rows.OrderBy(KeyOf).ThenBy(row => row.Number), AllOf(new(column)).Select(number => numbers[number]));
        Assert.Equal(Rows.OrderByDescending(KeyOf).ThenBy(row => row.Number), AllOf(new(column, IsDescending: true)).Select(number => numbers[number]));
    }

    [Fact]
    public void A_column_turns_when_it_is_chosen_again_and_figures_begin_with_the_largest()
    {
        Assert.Equal(new(TradeColumn.Pnl, IsDescending: true), new TradeQuery(Page: 2).By(TradeColumn.Pnl));
        Assert.Equal(new(TradeColumn.Pnl), new TradeQuery(TradeColumn.Pnl, IsDescending: true).By(TradeColumn.Pnl));
        Assert.Equal(new(TradeColumn.Token), new TradeQuery(TradeColumn.Pnl).By(TradeColumn.Token));
    }

    private static IEnumerable<int> AllOf(TradeQuery query) =>
        Enumerable.Range(1, query.Of(Rows).Pages).SelectMany(page => (query with { Page = page }).Of(Rows).Rows).Select(row => row.Number);

    private static TradeRow Row(int number) => new(number, new(
        Guid.Empty, $"Token{number % 7}", $"Wallet{number % 10}", number % 11 / 11.0, Start.AddMinutes(number * 37 % 120), 1, 1, 1 + (number % 4), 10,
        Start.AddHours(3 + (number % 13)), (number % 17) - 8, 0,
        [new(0, ExitReason.StopLoss, 5, 1, 0.5), .. number % 3 == 0 ? new[] { new Fill(0, ExitReason.TakeProfit, 5, 1, 1) } : []]));
}
