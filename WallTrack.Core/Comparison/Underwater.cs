namespace WallTrack.Comparison;

/// <summary>How far an account is below its peak so far.</summary>
public static class Underwater
{
    /// <summary>
    /// (equity − peak) / peak at each point: a fraction, 0 at a peak and negative below it; under −1 when the account is below
    /// zero. Its lowest is the maximum drawdown, negated. Null when the account does not start above zero, because there is
    /// no share of nothing.
    /// </summary>
    /// <param name="equity">SOL, in order of time.</param>
    public static double[]? Of(ReadOnlySpan<double> equity)
    {
        if (equity.IsEmpty || !(equity[0] > 0))
        {
            return null;
        }

        var (curve, peak) = (new double[equity.Length], equity[0]);
        for (var i = 0; i < equity.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            curve[i] = (equity[i] - peak) / peak;
        }

        return curve;
    }
}
