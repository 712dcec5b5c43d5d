using System.Collections.Immutable;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Live;

namespace WallTrack.Dashboard.Batches;

/// <summary>A part of the progress bar; percent of its width.</summary>
internal sealed record ProgressSegment(RunState State, int Count, double Left, double Width);

/// <summary>What is to be read off a batch, in an operator's words.</summary>
internal static class BatchFigures
{
    private const string Unknown = "–";

    /// <summary>Left to right as work moves: what is done, what is in work. What waits is the bar's ground.</summary>
    public static ImmutableArray<ProgressSegment> Segments(BatchSnapshot batch)
    {
        var segments = ImmutableArray.CreateBuilder<ProgressSegment>();
        var left = 0.0;
        foreach (var (state, count) in Counts(batch).Where(pair => pair.Count > 0 && pair.State != RunState.Waiting))
        {
            var width = 100.0 * count / batch.Total;
            segments.Add(new(state, count, left, width));
            left += width;
        }

        return segments.ToImmutable();
    }

    /// <summary>The four states that every batch may have scenarios in, and the fifth when it does.</summary>
    public static ImmutableArray<(RunState State, int Count)> Counts(BatchSnapshot batch)
    {
        ImmutableArray<(RunState, int)> counts =
        [
            (RunState.Completed, batch.Completed), (RunState.Failed, batch.Failed), (RunState.Running, batch.Running), (RunState.Waiting, batch.Pending),
        ];
        return batch.Cancelled > 0 ? counts.Add((RunState.Cancelled, batch.Cancelled)) : counts;
    }

    /// <summary>"12 of 40 scenarios done, 1 failed".</summary>
    public static string Words(BatchSnapshot batch) =>
        $"{batch.Done:#,0} of {Scenarios(batch.Total)} done{(batch.Failed == 0 ? "" : $", {batch.Failed:#,0} failed")}{(batch.Cancelled == 0 ? "" : $", {batch.Cancelled:#,0} left out")}";

    public static string Average(BatchSnapshot batch) => batch.AveragePerScenario is { } average ? DurationText.OfShort(average) : Unknown;

    public static string Elapsed(BatchSnapshot batch) => batch.StartedAt is null ? Unknown
        : batch.IsOver ? DurationText.OfShort(batch.Elapsed) : DurationText.Of(batch.Elapsed);

    /// <summary>Rounded up, so that it does not say nothing is left while something runs.</summary>
    public static string Left(BatchSnapshot batch) => batch.Left is { } left && !batch.IsStopping ? DurationText.Of(TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds))) : Unknown;

    public static string Best(BestSoFar best) => $"{Metric.TotalPnl.Text(best.PnlSol)} SOL";

    /// <summary>For the browser's tab: how far, while there is something to wait for.</summary>
    public static string Title(BatchSnapshot batch) =>
        $"{(batch.Status is BatchStatus.Running or BatchStatus.Pending ? $"{batch.Done:#,0}/{batch.Total:#,0} " : batch.Status == BatchStatus.Failed ? "Failed: " : "")}{batch.Name} – WallTrack";

    public static string Scenarios(int count) => count == 1 ? "1 scenario" : $"{count:#,0} scenarios";

    public static string Results(int count) => count == 1 ? "1 result" : $"{count:#,0} results";

    /// <summary>Days alone when the window begins and ends at midnight; the last day is included.</summary>
    public static string Window(DateTime from, DateTime to) => from.TimeOfDay == TimeSpan.Zero && to.TimeOfDay == TimeSpan.Zero && to > from
        ? $"{from:yyyy-MM-dd} to {to.AddDays(-1):yyyy-MM-dd}"
        : $"{from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm}";
}
