using System.Collections.Immutable;
using WallTrack.Dashboard.History;
using WallTrack.History;

namespace WallTrack.Tests.HistoryPage;

public sealed class CoverageFigureTests
{
    private static readonly Coverage Clean = new()
    {
        Days = [],
        Signals = 100_000,
        Tokens = 2_000,
        TokensWithoutBars = 0,
        SignalsWithoutPrice = 0,
        Bars = 5_000_000,
        Intervals = ImmutableSortedDictionary<TimeSpan, int>.Empty.Add(TimeSpan.FromMinutes(5), 1).Add(TimeSpan.FromSeconds(90), 1_999),
        Gaps = 12,
        MissingBars = 5_000_000,
        WideBars = 0,
        OddPrices = 0,
        SolCoverage = 1,
    };

    [Fact]
    public void A_clean_window_asks_for_no_check() => Assert.DoesNotContain(Of(Clean), figure => figure.IsOdd);

    [Fact]
    public void What_is_missing_or_odd_asks_for_a_check()
    {
        var odd = Of(Clean with { TokensWithoutBars = 1, SignalsWithoutPrice = 1, WideBars = 1, OddPrices = 1, SolCoverage = 0.5 });

        Assert.Equal(
            ["Tokens without bars", "Signals without a price", "Suspicious bars", "Odd signal prices", "SOL price known"],
            odd.Where(figure => figure.IsOdd).Select(figure => figure.Name));
    }

    [Theory]
    [InlineData(1, "< 0.1 %")]
    [InlineData(12_345, "12.3 %")]
    [InlineData(99_999, "> 99.9 %")]
    [InlineData(100_000, "100 %")]
    public void A_share_is_none_or_all_only_when_it_is(int withoutPrice, string share) =>
        Assert.Equal(share, Named(Of(Clean with { SignalsWithoutPrice = withoutPrice }), "Signals without a price").Share);

    [Fact]
    public void Missing_bars_are_a_share_of_all_that_should_be_there() =>
        Assert.Equal("50 %", Named(Of(Clean), "Missing bars").Share);

    [Fact]
    public void Intervals_are_named_with_their_tokens()
    {
        var figure = Named(Of(Clean), "Bar intervals");

        Assert.Equal(("90 s, 5 m", "90 s: 1,999 tokens, 5 m: 1 token."), (figure.Value, figure.Explanation));
    }

    [Fact]
    public void Without_bars_there_is_no_interval() =>
        Assert.Equal("none", Named(Of(Clean with { Intervals = ImmutableSortedDictionary<TimeSpan, int>.Empty }), "Bar intervals").Value);

    private static ImmutableArray<CoverageFigure> Of(Coverage coverage) => CoverageFigure.Of(new(default, coverage, null));

    private static CoverageFigure Named(ImmutableArray<CoverageFigure> figures, string name) => figures.Single(figure => figure.Name == name);
}
