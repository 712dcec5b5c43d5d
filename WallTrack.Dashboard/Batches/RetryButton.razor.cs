using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>Runs failed scenarios of a batch once more. A batch that was cancelled goes on with that, so it asks then.</summary>
public sealed partial class RetryButton
{
    private bool _isBusy;

    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    /// <summary>Null: all that failed.</summary>
    [Parameter]
    public int? Position { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>For whoever does not see what stands around the button; null: the label says all.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>How many failed results were taken away, so that their scenarios run again; 0 when there was nothing to retry any more.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnRetried { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    private string Question =>
        $"The batch was cancelled, and goes on with this: besides what failed, {BatchFigures.Scenarios(Batch.Total - Batch.Done)} that {(Batch.Total - Batch.Done == 1 ? "was" : "were")} left out {(Batch.Total - Batch.Done == 1 ? "runs" : "run")} too.";

    private async Task RetryAsync()
    {
        _isBusy = true;
        try
        {
            var (batch, position) = (Batch.Id, Position);
            await OnRetried.InvokeAsync(await Task.Run(() => position is { } one ? Runner.RetryFailedAsync(batch, [one]) : Runner.RetryFailedAsync(batch)));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
