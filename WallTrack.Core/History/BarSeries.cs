namespace WallTrack.History;

/// <summary>
/// The bars of one token at one interval, one array a field, ascending by open time. Immutable, shared by every worker.
/// Gaps are normal: a bar's neighbours may be hours away.
/// </summary>
/// <remarks>
/// Beside the bars stand the extremes of each block of <see cref="BlockSize"/> bars (zone maps, as column stores keep
/// them), so that a search for a price level may pass over whole blocks.
/// </remarks>
public sealed class BarSeries
{
    public const int DefaultBlockSize = 64;

    private readonly long[] _openTimes;
    private readonly double[] _opens;
    private readonly double[] _highs;
    private readonly double[] _lows;
    private readonly double[] _closes;
    private readonly double[] _blockHighs;
    private readonly double[] _blockLows;
    private readonly bool _isSpaced; // no two bars open less than an interval apart

    /// <summary>Takes the arrays over; the caller must not write to them again.</summary>
    /// <param name="openTimes">UTC ticks, strictly ascending.</param>
    /// <exception cref="ArgumentException">
    /// Lengths differ, times do not ascend, a price is not above 0 and finite, or a bar is not low ≤ open, close ≤ high.
    /// </exception>
    public BarSeries(string tokenAddress, TimeSpan interval, long[] openTimes, double[] opens, double[] highs, double[] lows, double[] closes, int blockSize = DefaultBlockSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromTicks(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        Check(tokenAddress, openTimes, opens, highs, lows, closes);
        (TokenAddress, Interval, BlockSize) = (tokenAddress, interval, blockSize);
        _isSpaced = IsSpaced(openTimes, interval.Ticks);
        (_openTimes, _opens, _highs, _lows, _closes) = (openTimes, opens, highs, lows, closes);

        (_blockHighs, _blockLows) = Extremes(highs, lows, blockSize);
    }

    public string TokenAddress { get; }

    /// <summary>Δ: a bar closes this long after it opens.</summary>
    public TimeSpan Interval { get; }

    public int BlockSize { get; }

    public int Count => _openTimes.Length;

    public ReadOnlySpan<long> OpenTimes => _openTimes;

    public ReadOnlySpan<double> Opens => _opens;

    public ReadOnlySpan<double> Highs => _highs;

    public ReadOnlySpan<double> Lows => _lows;

    public ReadOnlySpan<double> Closes => _closes;

    /// <summary>Highest high of each block.</summary>
    public ReadOnlySpan<double> BlockHighs => _blockHighs;

    /// <summary>Lowest low of each block.</summary>
    public ReadOnlySpan<double> BlockLows => _blockLows;

    public static BarSeries From(string tokenAddress, TimeSpan interval, IEnumerable<Bar> bars, int blockSize = DefaultBlockSize)
    {
        var all = bars.ToArray();
        return new(
            tokenAddress, interval,
            Array.ConvertAll(all, bar => bar.OpenTime.Ticks), Array.ConvertAll(all, bar => bar.Open), Array.ConvertAll(all, bar => bar.High),
            Array.ConvertAll(all, bar => bar.Low), Array.ConvertAll(all, bar => bar.Close), blockSize);
    }

    /// <summary>Of one token's series, that with the shortest interval among those with bars in [from, to]; null for none.</summary>
    /// <exception cref="ArgumentException">Two of them have the same interval.</exception>
    public static BarSeries? Choose(IEnumerable<BarSeries> series, DateTime from, DateTime to)
    {
        var ordered = series.OrderBy(candidate => candidate.Interval).ToList();
        for (var i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Interval == ordered[i - 1].Interval)
            {
                throw new ArgumentException($"Token {ordered[i].TokenAddress} has two series of {ordered[i].Interval.TotalSeconds} seconds.", nameof(series));
            }
        }

        return ordered.Find(candidate => candidate.ClosedBy(to.Ticks) > candidate.ClosedBy(from.Ticks)) ?? ordered.FirstOrDefault();
    }

    /// <summary>UTC ticks at which bar <paramref name="index"/> is known.</summary>
    public long CloseTime(int index) => _openTimes[index] + Interval.Ticks;

    /// <summary>The first bar with open time ≥ <paramref name="ticks"/>; <see cref="Count"/> when there is none.</summary>
    public int FirstOpenAtOrAfter(long ticks)
    {
        var (low, high) = (0, Count);
        if (_isSpaced && high > 0)
        {
            // Without gaps the place is a matter of arithmetic, and a gap before it can only move it down: so the search
            // begins at the top and widens downwards.
            high = (int)Math.Clamp((ticks - _openTimes[0] + Interval.Ticks - 1) / Interval.Ticks, 0, high);
            for (var reach = 1; high > 0; reach *= 2)
            {
                var probe = Math.Max(high - reach, 0);
                if (_openTimes[probe] < ticks)
                {
                    low = probe + 1;
                    break;
                }

                high = probe;
            }
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _openTimes[middle] < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>How many bars have close time ≤ <paramref name="ticks"/>; the last of them is one place before.</summary>
    public int ClosedBy(long ticks) => ticks - Interval.Ticks is var latestOpen && latestOpen == long.MaxValue ? Count : FirstOpenAtOrAfter(latestOpen + 1);

    private static bool IsSpaced(long[] openTimes, long interval)
    {
        for (var i = 1; i < openTimes.Length; i++)
        {
            if (openTimes[i] - openTimes[i - 1] < interval)
            {
                return false;
            }
        }

        return true;
    }

    private static (double[] Highs, double[] Lows) Extremes(double[] highs, double[] lows, int blockSize)
    {
        var blocks = (highs.Length + blockSize - 1) / blockSize;
        var (blockHighs, blockLows) = (new double[blocks], new double[blocks]);
        for (var block = 0; block < blocks; block++)
        {
            var (high, low) = (0.0, double.PositiveInfinity);
            for (var i = block * blockSize; i < Math.Min((block + 1) * blockSize, highs.Length); i++)
            {
                high = Math.Max(high, highs[i]);
                low = Math.Min(low, lows[i]);
            }

            (blockHighs[block], blockLows[block]) = (high, low);
        }

        return (blockHighs, blockLows);
    }

    private static void Check(string token, long[] openTimes, double[] opens, double[] highs, double[] lows, double[] closes)
    {
        if (opens.Length != openTimes.Length || highs.Length != openTimes.Length || lows.Length != openTimes.Length || closes.Length != openTimes.Length)
        {
            throw new ArgumentException($"The columns of {token} have different lengths.", nameof(openTimes));
        }

        for (var i = 0; i < openTimes.Length; i++)
        {
            if (i > 0 && openTimes[i] <= openTimes[i - 1])
            {
                throw new ArgumentException($"Bar {i} of {token} does not open after the bar before it.", nameof(openTimes));
            }

            if (!(lows[i] > 0 && lows[i] <= opens[i] && lows[i] <= closes[i] && opens[i] <= highs[i] && closes[i] <= highs[i] && double.IsFinite(highs[i])))
            {
                throw new ArgumentException($"Bar {i} of {token} breaks 0 < low ≤ open, close ≤ high.", nameof(lows));
            }
        }
    }
}
