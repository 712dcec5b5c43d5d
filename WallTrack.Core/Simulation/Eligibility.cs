using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>The signals that pass a threshold and a filter, with what deciding about them reads, side by side.</summary>
/// <param name="Signals">Places in the window, ascending.</param>
/// <param name="Times">UTC ticks, one an eligible signal.</param>
/// <param name="Tokens">One an eligible signal.</param>
/// <param name="Scores">One a signal of the window.</param>
internal sealed record EligibleSignals(int BelowThreshold, int Filtered, int[] Signals, long[] Times, int[] Tokens, double[] Scores)
{
    internal const int BytesASignal = sizeof(int) + sizeof(long) + sizeof(int);
}

/// <summary>
/// Score columns and eligible signals, made once for all scenarios that share weights, threshold and filter. Bounded:
/// what was not used for longest goes first, and is made again when asked for (0.1 ms for 100,000 signals).
/// </summary>
internal sealed class Eligibility(HistoryWindow window, Kernels kernels)
{
    private const long CapacityBytes = 128L << 20;
    internal const double Tolerance = 1e-9;
    private readonly Shelf<ScoringWeights, double[]> _scores = new(CapacityBytes, scores => scores.Length * sizeof(double));
    private readonly Shelf<(ScoringWeights, double, SignalFilter), EligibleSignals> _eligible = new(CapacityBytes, eligible => eligible.Signals.Length * EligibleSignals.BytesASignal);

    internal EligibleSignals Of(Scenario scenario) =>
        _eligible.GetOrMake((scenario.Weights, scenario.ScoreThreshold, scenario.Filter), key => Select(key.Item1, key.Item2, key.Item3));

    private EligibleSignals Select(ScoringWeights weights, double threshold, SignalFilter filter)
    {
        var signals = window.Signals;
        var scores = _scores.GetOrMake(weights, Score);
        var places = new int[signals.Count];
        var above = kernels.SelectAtLeast(scores, Tolerance, threshold, places);
        var kept = above;
        if (!filter.IsEmpty)
        {
            kept = 0;
            foreach (var place in places.AsSpan(0, above))
            {
                if (filter.Passes(signals.LiquiditiesUsd[place], signals.TokenAgesMinutes[place]))
                {
                    places[kept++] = place;
                }
            }
        }

        places = places[..kept];
        var (times, tokens) = (new long[kept], new int[kept]);
        for (var i = 0; i < kept; i++)
        {
            (times[i], tokens[i]) = (signals.Times[places[i]], signals.Tokens[places[i]]);
        }

        return new(signals.Count - above, above - kept, places, times, tokens, scores);
    }

    private double[] Score(ScoringWeights weights)
    {
        var signals = window.Signals;
        var scores = new double[signals.Count];
        kernels.Score(scores, new()
        {
            Wallet = signals.WalletScores,
            Cluster = signals.ClusterScores,
            Amplification = signals.ClusterAmplifications,
            Token = signals.TokenScores,
            Context = signals.ContextScores,
            Weights = weights,
        });
        return scores;
    }
}
