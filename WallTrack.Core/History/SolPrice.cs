namespace WallTrack.History;

/// <summary>USD per SOL at any instant: one constant, or the last close of the wrapped SOL mint's bars.</summary>
public sealed class SolPrice
{
    private readonly double _constant;
    private readonly BarSeries? _bars;

    private SolPrice(double constant, BarSeries? bars) => (_constant, _bars) = (constant, bars);

    /// <summary>The bars behind it, or null for a constant.</summary>
    internal BarSeries? Bars => _bars;

    public static SolPrice Constant(double usd) =>
        usd > 0 && double.IsFinite(usd)
            ? new(usd, null)
            : throw new ArgumentOutOfRangeException(nameof(usd), usd, $"The SOL price is {usd}; it must be above 0 USD.");

    public static SolPrice FromBars(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        return new(double.NaN, bars);
    }

    /// <summary>The close of the last SOL bar with close time ≤ <paramref name="ticks"/>; NaN when there is none.</summary>
    public double At(long ticks)
    {
        if (_bars is null)
        {
            return _constant;
        }

        var closed = _bars.ClosedBy(ticks);
        return closed == 0 ? double.NaN : _bars.Closes[closed - 1];
    }
}
