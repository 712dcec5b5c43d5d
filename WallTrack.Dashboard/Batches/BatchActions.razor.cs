using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>What an operator can do with a batch now. What is not legal any more is said, not done.</summary>
public sealed partial class BatchActions
{
    private bool _isBusy;
    private string? _notice;

    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    /// <summary>Failed results were taken away, so that their scenarios run again.</summary>
    [Parameter]
    public EventCallback OnRetried { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string CancelQuestion => Batch.Done == 0
        ? $"Nothing of it is done yet. What is in work stops within a second; you can resume the {BatchFigures.Scenarios(Batch.Total)} later."
        : $"{BatchFigures.Results(Batch.Done)} {(Batch.Done == 1 ? "is" : "are")} kept. What is in work stops within a second; you can resume the other {BatchFigures.Scenarios(Batch.Total - Batch.Done)} later.";

    private string DeleteQuestion => $"The batch and its {BatchFigures.Results(Batch.Done)} are deleted for good. Scenarios and history stay.";

    private Task<bool> CancelAsync() => RunAsync(() => Runner.CancelAsync(Batch.Id), "It had ended before it could be cancelled.");

    private Task<bool> ResumeAsync() => RunAsync(() => Runner.ResumeAsync(Batch.Id), "There is nothing to resume any more.");

    private Task RetriedAsync(int count)
    {
        _notice = count > 0 ? null : "There is nothing to retry any more.";
        return OnRetried.InvokeAsync();
    }

    private async Task DeleteAsync()
    {
        if (await RunAsync(() => Runner.DeleteAsync(Batch.Id), "It runs, so it was not deleted: cancel it first."))
            Navigation.NavigateTo("/batches");
    }

    /// <summary>Beside the circuit: a database may take its time.</summary>
    private async Task<bool> RunAsync(Func<Task<bool>> command, string refusal)
    {
        _isBusy = true;
        try
        {
            var isDone = await Task.Run(command);
            _notice = isDone ? null : refusal;
            return isDone;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
