using System.Collections.Immutable;

namespace WallTrack.Comparison;

/// <param name="At">Where it stands, in the axis's own unit.</param>
public readonly record struct AxisTick<T>(T At, string Text);

/// <summary>An axis of numbers.</summary>
/// <param name="Low">Below <paramref name="High"/>.</param>
/// <param name="Ticks">Between the two, ascending.</param>
public sealed record NumberAxis(double Low, double High, ImmutableArray<AxisTick<double>> Ticks)
{
    /// <summary>0 at the low end, 1 at the high one.</summary>
    public double Share(double value) => ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2)); // halved, so that no difference overflows
}

/// <summary>Where to mark an axis, and with what words.</summary>
public static class AxisTicks
{
    private const double Largest = 1e300;
    private const double Smallest = 1e-200; // what is nearer to 0 is drawn as 0

    // Times are counted from the year 1: its first day was a Monday, so weeks begin with Mondays.
    private static readonly TimeSpan[] TimeSteps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14 }.Select(days => TimeSpan.FromDays(days)),
    ];

    private static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000];

    /// <summary>
    /// An axis from one number to the other, with ticks at multiples of 1, 2, 2.5 or 5 times a power of ten: at least two,
    /// unless there may be fewer than five. Labels have the decimals that the step needs; from ten million on they are in
    /// millions, and so forth.
    /// </summary>
    /// <param name="low">At most 1e300 from 0. When it equals <paramref name="high"/>, or nearly, the axis has room on both sides.</param>
    /// <param name="most">Ticks, at least 2.</param>
    public static NumberAxis ForNumbers(double low, double high, int most = 6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (!(low <= high && Math.Abs(low) <= Largest && Math.Abs(high) <= Largest))
        {
            throw new ArgumentException($"An axis cannot go from {low} to {high}.", nameof(low));
        }

        (low, high) = Widened(low, high);
        for (var power = (int)Math.Floor(Math.Log10((high - low) / most)); ; power++)
        {
            foreach (var round in new[] { 1, 2, 2.5, 5 })
            {
                var step = new RoundStep(round, power);
                var (first, last) = step.Inside(low, high);
                if (last - first < most)
                {
                    return new(low, high, step.Ticks(first, last));
                }
            }
        }
    }

    /// <summary>
    /// Ticks from one instant to the other, UTC: full minutes, hours, days, Mondays, months or years. Times of day say their
    /// date where a day begins, or once when none does.
    /// </summary>
    /// <param name="most">Ticks, at least 2. There may be one alone, but never none.</param>
    public static ImmutableArray<AxisTick<DateTime>> ForTimes(DateTime from, DateTime to, int most = 6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        foreach (var step in TimeSteps)
        {
            var (first, last) = ((from.Ticks + step.Ticks - 1) / step.Ticks, to.Ticks / step.Ticks);
            if (last - first < most)
            {
                return InDays([.. Range(first, last).Select(count => new DateTime(count * step.Ticks, DateTimeKind.Utc)).DefaultIfEmpty(from)], step);
            }
        }

        var (firstMonth, lastMonth) = (MonthOf(from) + (from == FirstOf(MonthOf(from)) ? 0 : 1), MonthOf(to));
        var months = MonthSteps.First(step => (lastMonth / step) - ((firstMonth + step - 1) / step) < most);
        return
        [
            .. Range((firstMonth + months - 1) / months, lastMonth / months)
                .Select(count => FirstOf((int)count * months))
                .Select(month => new AxisTick<DateTime>(month, month.ToString(months < 12 ? "yyyy-MM" : "yyyy"))),
        ];
    }

    private static (double Low, double High) Widened(double low, double high)
    {
        var magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (magnitude < Smallest)
        {
            return (-1, 1);
        }

        // Closer than this, it is the noise of sums of doubles.
        return high - low > magnitude * 1e-9 ? (low, high) : (low - (magnitude * 0.05), high + (magnitude * 0.05));
    }

    private static ImmutableArray<AxisTick<DateTime>> InDays(IReadOnlyList<DateTime> times, TimeSpan step)
    {
        var someDayBegins = times.Any(time => time.TimeOfDay == TimeSpan.Zero);
        string Text(DateTime time, int place) => step.Ticks >= TimeSpan.TicksPerDay || time.TimeOfDay == TimeSpan.Zero ? $"{time:MM-dd}"
            : !someDayBegins && place == 0 ? $"{time:MM-dd HH:mm}"
            : $"{time:HH:mm}";
        return [.. times.Select((time, place) => new AxisTick<DateTime>(time, Text(time, place)))];
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var count = first; count <= last; count++)
        {
            yield return count;
        }
    }

    /// <summary>Months since the year 0.</summary>
    private static int MonthOf(DateTime time) => (12 * time.Year) + time.Month - 1;

    private static DateTime FirstOf(int month) => new(month / 12, (month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);
}
