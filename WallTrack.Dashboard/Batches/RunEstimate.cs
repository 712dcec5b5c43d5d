using WallTrack.Batches;
using WallTrack.Dashboard.Live;

namespace WallTrack.Dashboard.Batches;

/// <summary>How long a batch may take.</summary>
/// <param name="IsMeasured">It goes by an earlier batch on this machine, not by a rule of thumb.</param>
internal sealed record RunEstimate(TimeSpan Duration, bool IsMeasured)
{
    // What a scenario costs before it meets a signal, and by signal, where nothing was measured yet.
    private const double SecondsAScenario = 1e-3;
    private const double SecondsASignal = 100e-9;

    public string Text => Duration < TimeSpan.FromSeconds(1) ? "less than a second" : $"about {DurationText.Of(Duration)}";

    /// <param name="earlier">Newest first; one with a result and about as many signals tells most.</param>
    public static RunEstimate Of(int scenarios, int signals, int workers, int cores, IEnumerable<BatchSnapshot> earlier)
    {
        var like = earlier.Where(batch => batch.AveragePerScenario is not null && batch.SignalCount > 0)
            .MinBy(batch => Math.Abs(Math.Log((double)batch.SignalCount / Math.Max(1, signals))));
        var perScenario = like is null
            ? SecondsAScenario + (SecondsASignal * signals)
            : like.AveragePerScenario!.Value.TotalSeconds * Math.Max(1, (double)signals / like.SignalCount);
        return new(TimeSpan.FromSeconds(scenarios * perScenario / Math.Clamp(workers, 1, cores)), like is not null);
    }
}
