namespace WallTrack.Batches;

/// <summary>What the operator wants of a batch; what has become of it is in its slices.</summary>
public enum BatchIntent
{
    Run,
    Stop,
}

public enum BatchStatus
{
    /// <summary>Nothing of it has begun.</summary>
    Pending,
    Running,

    /// <summary>Every scenario has a result, and at least one succeeded.</summary>
    Completed,

    /// <summary>Stopped before the end; what is done stays, and the rest can be resumed.</summary>
    Cancelled,

    /// <summary>Every scenario has a result, and none succeeded.</summary>
    Failed,
}

/// <summary>How the scenarios of a batch stand. They are disjoint, and with the waiting ones add up to the total.</summary>
/// <param name="Claimed">Slices that are being simulated; each has one scenario in work.</param>
public readonly record struct BatchCounts(int Total, int Completed, int Failed, int Claimed)
{
    public int Done => Completed + Failed;

    /// <summary>The one place where a batch's status comes from; it is stored in the transaction that changes what it depends on.</summary>
    public BatchStatus StatusUnder(BatchIntent intent) =>
        Done == Total ? (Completed > 0 ? BatchStatus.Completed : BatchStatus.Failed)
        : intent == BatchIntent.Stop && Claimed == 0 ? BatchStatus.Cancelled
        : Done + Claimed == 0 ? BatchStatus.Pending
        : BatchStatus.Running;
}
