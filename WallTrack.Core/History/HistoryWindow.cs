namespace WallTrack.History;

/// <summary>
/// All that a replay of [from, to) may look at: the signals in it, the bars of their tokens, the SOL price. Immutable
/// and safe to share between threads.
/// </summary>
public sealed class HistoryWindow
{
    private readonly BarSeries?[] _series;
    private readonly int[] _usable;
    private readonly Lazy<string> _fingerprint;

    /// <param name="from">UTC, included.</param>
    /// <param name="to">UTC, excluded for signals; bars are usable when they close by then.</param>
    /// <param name="signals">In any order; those outside the window are left out.</param>
    /// <param name="bars">A token without a series cannot be entered; of several, the shortest interval with bars in the window is used.</param>
    /// <exception cref="ArgumentException">The window is empty or not UTC, or a token has two series of one interval.</exception>
    public HistoryWindow(DateTime from, DateTime to, IEnumerable<Signal> signals, IEnumerable<BarSeries> bars, SolPrice sol)
    {
        Grid = new(from, to);
        Sol = sol;
        Signals = SignalColumns.From(signals.Where(signal => signal.Time >= from && signal.Time < to));

        var byToken = bars.ToLookup(series => series.TokenAddress, StringComparer.Ordinal);
        _series = [.. Signals.TokenAddresses.Select(token => BarSeries.Choose(byToken[token], from, to))];
        _usable = Array.ConvertAll(_series, series => series?.ClosedBy(to.Ticks) ?? 0);
        _fingerprint = new(() => History.Fingerprint.Of(this));
    }

    public HourGrid Grid { get; }

    public DateTime From => Grid.From;

    public DateTime To => Grid.To;

    public SignalColumns Signals { get; }

    public SolPrice Sol { get; }

    /// <summary>The same for windows that give every scenario the same results: hexadecimal, computed when first asked for.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>The bars of the token at that place of <see cref="SignalColumns.TokenAddresses"/>, or null.</summary>
    public BarSeries? Bars(int token) => _series[token];

    /// <summary>How many bars of that token close by the window's end.</summary>
    public int UsableBars(int token) => _usable[token];
}
