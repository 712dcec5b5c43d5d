using System.Collections.Immutable;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>One number of a coverage, with a word of explanation.</summary>
/// <param name="Share">Beside the number; null when there is none.</param>
/// <param name="IsOdd">The operator should look at it.</param>
internal sealed record CoverageFigure(string Name, string Value, string? Share, string Explanation, bool IsOdd = false)
{
    public static ImmutableArray<CoverageFigure> Of(WindowCoverage window)
    {
        var coverage = window.Coverage;
        return
        [
            new("Signals", Count(coverage.Signals), null, "Buys of followed wallets in these days."),
            new("Tokens", Count(coverage.Tokens), null, "Different tokens that the signals are about."),
            new("Tokens without bars", Count(coverage.TokensWithoutBars), Of(coverage.TokensWithoutBars, coverage.Tokens),
                "They have no price in these days, so no scenario can buy them.", coverage.TokensWithoutBars > 0),
            new("Signals without a price", Count(coverage.SignalsWithoutPrice), Of(coverage.SignalsWithoutPrice, coverage.Signals),
                "No bar of their token opens after them, so no scenario can enter them.", coverage.SignalsWithoutPrice > 0),
            new("Bars", Count(coverage.Bars), null, "Price bars of these tokens that a replay would read."),
            new("Bar intervals", coverage.Intervals.Count == 0 ? "none" : string.Join(", ", coverage.Intervals.Keys.Select(Interval)), null,
                coverage.Intervals.Count == 0 ? "No token has bars in these days." : string.Join(", ", coverage.Intervals.Select(pair => $"{Interval(pair.Key)}: {Tokens(pair.Value)}")) + "."),
            new("Gaps", Count(coverage.Gaps), null, "Places where a token's bars skip time. Without a trade there is no bar, so quiet tokens have many."),
            new("Missing bars", Count(coverage.MissingBars), Of(coverage.MissingBars, coverage.MissingBars + coverage.Bars), "Bars that would fill those gaps."),
            new("Suspicious bars", Count(coverage.WideBars), Of(coverage.WideBars, coverage.Bars), "High is at least 100 times low: often one trade of dust, sometimes a rug pull.", coverage.WideBars > 0),
            new("Odd signal prices", Count(coverage.OddPrices), Of(coverage.OddPrices, coverage.Signals), "More than 3 times away from the bar that covers the signal.", coverage.OddPrices > 0),
            new("SOL price known", Percent(coverage.SolCoverage), null,
                window.SolRefusal is null ? "Share of the hours with a SOL price not older than a day." : "There are no SOL bars: import them, or give one price when you start a batch.",
                coverage.SolCoverage < 1),
        ];
    }

    private static string Count(long number) => $"{number:#,0}";

    private static string? Of(long part, long whole) => part == 0 || whole == 0 ? null : Percent(part / (double)whole);

    /// <summary>Neither 0 % nor 100 % unless it is exactly that.</summary>
    private static string Percent(double share) => share switch
    {
        > 0 and < 0.001 => "< 0.1 %",
        > 0.999 and < 1 => "> 99.9 %",
        _ => $"{100 * share:0.#} %",
    };

    private static string Tokens(int number) => number == 1 ? "1 token" : $"{number:#,0} tokens";

    private static string Interval(TimeSpan interval) => interval switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => $"{interval.TotalDays:0} d",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{interval.TotalHours:0} h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => $"{interval.TotalMinutes:0} m",
        _ => $"{interval.TotalSeconds:0} s",
    };
}
