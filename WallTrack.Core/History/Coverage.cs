using System.Collections.Immutable;

namespace WallTrack.History;

/// <summary>What a window holds, day by day, and what of it is missing or looks odd.</summary>
public sealed record Coverage
{
    private const double WideBar = 100;
    private const double OddPrice = 3;

    public required ImmutableArray<DayCoverage> Days { get; init; }

    public required int Signals { get; init; }

    public required int Tokens { get; init; }

    public required int TokensWithoutBars { get; init; }

    /// <summary>Signals that no scenario without an entry delay could enter.</summary>
    public required int SignalsWithoutPrice { get; init; }

    public required long Bars { get; init; }

    /// <summary>How many tokens have bars of which interval.</summary>
    public required ImmutableSortedDictionary<TimeSpan, int> Intervals { get; init; }

    /// <summary>Places where bars are missing between two others.</summary>
    public required long Gaps { get; init; }

    /// <summary>Bars missing in those places.</summary>
    public required long MissingBars { get; init; }

    /// <summary>Bars whose high is at least 100 times their low.</summary>
    public required long WideBars { get; init; }

    /// <summary>Signals whose price is more than three times away from the bar that covers them.</summary>
    public required int OddPrices { get; init; }

    /// <summary>Share of the window's hours at which a SOL price not older than a day is known; 0 … 1.</summary>
    public required double SolCoverage { get; init; }

    public static Coverage Of(HistoryWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var signals = window.Signals;
        var days = new SortedDictionary<DateOnly, DayCoverage>();
        for (var day = DateOnly.FromDateTime(window.From); day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) < window.To; day = day.AddDays(1))
        {
            days.Add(day, new(day, 0, 0));
        }

        var (withoutPrice, odd) = (0, 0);
        for (var signal = 0; signal < signals.Count; signal++)
        {
            var hasPrice = HasPrice(window, signal);
            withoutPrice += hasPrice ? 0 : 1;
            odd += IsOdd(window, signal) ? 1 : 0;
            var day = DateOnly.FromDateTime(new(signals.Times[signal]));
            days[day] = days[day] with { Signals = days[day].Signals + 1, WithPrice = days[day].WithPrice + (hasPrice ? 1 : 0) };
        }

        var series = Enumerable.Range(0, signals.TokenAddresses.Length).Select(token => (Bars: window.Bars(token), Usable: window.UsableBars(token))).Where(pair => pair.Usable > 0).ToList();
        var breaks = series.Select(pair => Breaks(pair.Bars!, pair.Usable)).ToList();
        return new()
        {
            Days = [.. days.Values],
            Signals = signals.Count,
            Tokens = signals.TokenAddresses.Length,
            TokensWithoutBars = signals.TokenAddresses.Length - series.Count,
            SignalsWithoutPrice = withoutPrice,
            Bars = series.Sum(pair => (long)pair.Usable),
            Intervals = series.CountBy(pair => pair.Bars!.Interval).ToImmutableSortedDictionary(),
            Gaps = breaks.Sum(found => found.Gaps),
            MissingBars = breaks.Sum(found => found.Missing),
            WideBars = breaks.Sum(found => found.Wide),
            OddPrices = odd,
            SolCoverage = SolCoverageOf(window),
        };
    }

    private static bool HasPrice(HistoryWindow window, int signal)
    {
        var token = window.Signals.Tokens[signal];
        return window.Bars(token) is { } bars && bars.FirstOpenAtOrAfter(window.Signals.Times[signal]) < window.UsableBars(token);
    }

    private static bool IsOdd(HistoryWindow window, int signal)
    {
        var (time, price) = (window.Signals.Times[signal], window.Signals.PricesUsd[signal]);
        if (window.Bars(window.Signals.Tokens[signal]) is not { } bars)
        {
            return false;
        }

        var bar = bars.FirstOpenAtOrAfter(time + 1) - 1;
        return bar >= 0 && time < bars.CloseTime(bar) && (price > OddPrice * bars.Highs[bar] || price * OddPrice < bars.Lows[bar]);
    }

    private static (long Gaps, long Missing, long Wide) Breaks(BarSeries bars, int usable)
    {
        var (gaps, missing, wide) = (0L, 0L, 0L);
        for (var i = 0; i < usable; i++)
        {
            wide += bars.Highs[i] >= WideBar * bars.Lows[i] ? 1 : 0;
            if (i > 0 && bars.OpenTimes[i] - bars.OpenTimes[i - 1] is var step && step > bars.Interval.Ticks)
            {
                gaps++;
                missing += (step / bars.Interval.Ticks) - 1;
            }
        }

        return (gaps, missing, wide);
    }

    private static double SolCoverageOf(HistoryWindow window)
    {
        if (window.Sol.Bars is not { } bars)
        {
            return 1;
        }

        var known = 0;
        for (var point = 0; point < window.Grid.Count; point++)
        {
            var closed = bars.ClosedBy(window.Grid[point]);
            known += closed > 0 && window.Grid[point] - bars.CloseTime(closed - 1) <= TimeSpan.TicksPerDay ? 1 : 0;
        }

        return known / (double)window.Grid.Count;
    }
}

/// <param name="Day">UTC.</param>
/// <param name="WithPrice">Signals that a scenario without an entry delay could enter.</param>
public readonly record struct DayCoverage(DateOnly Day, int Signals, int WithPrice);
