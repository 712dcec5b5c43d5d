using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>How a batch, or a scenario of one, stands.</summary>
public enum RunState
{
    Waiting,
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>The one word and the one icon of each state; its one colour is the variable of that word in app.css.</summary>
internal static class RunStates
{
    public static RunState Of(BatchStatus status) => status switch
    {
        BatchStatus.Pending => RunState.Waiting,
        BatchStatus.Running => RunState.Running,
        BatchStatus.Completed => RunState.Completed,
        BatchStatus.Cancelled => RunState.Cancelled,
        _ => RunState.Failed,
    };

    public static RunState Of(ResultStatus status) => status == ResultStatus.Completed ? RunState.Completed : RunState.Failed;

    public static string WordOf(RunState state) => state switch
    {
        RunState.Waiting => "waiting",
        RunState.Running => "running",
        RunState.Completed => "completed",
        RunState.Cancelled => "cancelled",
        _ => "failed",
    };

    public static string IconOf(RunState state) => state switch
    {
        RunState.Waiting => "○",
        RunState.Running => "▶",
        RunState.Completed => "✓",
        RunState.Cancelled => "■",
        _ => "✕",
    };
}
