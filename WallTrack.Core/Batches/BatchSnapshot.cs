using System.Linq.Expressions;

namespace WallTrack.Batches;

/// <summary>The scenario with the highest P&amp;L so far.</summary>
public sealed record BestSoFar(int Position, string ScenarioName, double PnlSol);

/// <summary>A batch at one moment: what it is, and how far. Completed + failed + running + pending + cancelled = total.</summary>
public sealed record BatchSnapshot
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>UTC, included.</summary>
    public required DateTime From { get; init; }

    /// <summary>UTC, excluded.</summary>
    public required DateTime To { get; init; }

    public required int Workers { get; init; }

    public required double? SolUsd { get; init; }

    public required string HistoryFingerprint { get; init; }

    public required string EngineVersion { get; init; }

    public required int SignalCount { get; init; }

    public required int TokenCount { get; init; }

    public required bool KeepsSeries { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? CompletedAt { get; init; }

    public required BatchStatus Status { get; init; }

    /// <summary>It was cancelled, and what is in work has not stopped yet.</summary>
    public required bool IsStopping { get; init; }

    public required int Total { get; init; }

    public required int Completed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Being simulated.</summary>
    public required int Running { get; init; }

    /// <summary>Waiting for their turn.</summary>
    public required int Pending { get; init; }

    /// <summary>Left out until somebody resumes the batch.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Time that it ran, pauses left out.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of one worker, over what is done; null before anything is.</summary>
    public required TimeSpan? AveragePerScenario { get; init; }

    public required BestSoFar? Best { get; init; }

    /// <summary>Later states have higher ones.</summary>
    public required long Revision { get; init; }

    /// <summary>What keeps it from going on at the moment, a sentence; it goes on by itself.</summary>
    public string? Trouble { get; init; }

    public int Done => Completed + Failed;

    public bool IsOver => Status is BatchStatus.Completed or BatchStatus.Failed;

    /// <summary>0 … 1.</summary>
    public double Fraction => Done / (double)Total;

    /// <summary>Scenarios a second while it ran; null before there is anything to tell it from.</summary>
    public double? PerSecond => Done > 0 && Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : null;

    /// <summary>At the pace so far; null when that is unknown, or nothing runs.</summary>
    public TimeSpan? Left => Status == BatchStatus.Running && PerSecond is { } pace ? TimeSpan.FromSeconds((Total - Done) / pace) : null;

    public bool CanCancel => Status is BatchStatus.Pending or BatchStatus.Running && !IsStopping;

    public bool CanResume => Status == BatchStatus.Cancelled || IsStopping;

    public bool CanRetry => Failed > 0;

    public bool CanDelete => IsOver || Status == BatchStatus.Cancelled;

    /// <summary>All that a snapshot shows, and not the long list of scenario ids.</summary>
    internal static Expression<Func<Batch, Row>> Columns { get; } = batch => new()
    {
        Id = batch.Id, Name = batch.Name, From = batch.From, To = batch.To, MaxWorkers = batch.MaxWorkers, SolUsd = batch.SolUsd,
        HistoryFingerprint = batch.HistoryFingerprint, EngineVersion = batch.EngineVersion, SignalCount = batch.SignalCount, TokenCount = batch.TokenCount,
        KeepsSeries = batch.KeepsSeries, CreatedBy = batch.CreatedBy, CreatedAt = batch.CreatedAt, StartedAt = batch.StartedAt, CompletedAt = batch.CompletedAt,
        Status = batch.Status, Intent = batch.Intent, Total = batch.Total, Completed = batch.Completed, Failed = batch.Failed, Claimed = batch.Claimed,
        RanSeconds = batch.RanSeconds, RunningSince = batch.RunningSince, WorkSeconds = batch.WorkSeconds,
        BestPosition = batch.BestPosition, BestName = batch.BestName, BestPnlSol = batch.BestPnlSol, Revision = batch.Revision,
    };

    internal sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required DateTime From { get; init; }
        public required DateTime To { get; init; }
        public required int MaxWorkers { get; init; }
        public required double? SolUsd { get; init; }
        public required string HistoryFingerprint { get; init; }
        public required string EngineVersion { get; init; }
        public required int SignalCount { get; init; }
        public required int TokenCount { get; init; }
        public required bool KeepsSeries { get; init; }
        public required string CreatedBy { get; init; }
        public required DateTime CreatedAt { get; init; }
        public required DateTime? StartedAt { get; init; }
        public required DateTime? CompletedAt { get; init; }
        public required BatchStatus Status { get; init; }
        public required BatchIntent Intent { get; init; }
        public required int Total { get; init; }
        public required int Completed { get; init; }
        public required int Failed { get; init; }
        public required int Claimed { get; init; }
        public required double RanSeconds { get; init; }
        public required DateTime? RunningSince { get; init; }
        public required double WorkSeconds { get; init; }
        public required int? BestPosition { get; init; }
        public required string? BestName { get; init; }
        public required double? BestPnlSol { get; init; }
        public required long Revision { get; init; }

        public BatchSnapshot At(DateTime now, string? trouble)
        {
            // A claimed slice has one scenario in work; the others of it wait. One slice more may be on its way to the database.
            var running = Math.Min(Claimed, MaxWorkers);
            var waiting = Total - Completed - Failed - running;
            var spell = RunningSince is { } since && now > since ? now - since : TimeSpan.Zero;
            return new()
            {
                Id = Id, Name = Name, From = From, To = To, Workers = MaxWorkers, SolUsd = SolUsd, HistoryFingerprint = HistoryFingerprint,
                EngineVersion = EngineVersion, SignalCount = SignalCount, TokenCount = TokenCount, KeepsSeries = KeepsSeries,
                CreatedBy = CreatedBy, CreatedAt = CreatedAt, StartedAt = StartedAt, CompletedAt = CompletedAt,
                Status = Status, IsStopping = Intent == BatchIntent.Stop && Status == BatchStatus.Running,
                Total = Total, Completed = Completed, Failed = Failed, Running = running,
                Pending = Status == BatchStatus.Cancelled ? 0 : waiting,
                Cancelled = Status == BatchStatus.Cancelled ? waiting : 0,
                Elapsed = TimeSpan.FromSeconds(RanSeconds) + spell,
                AveragePerScenario = Completed + Failed > 0 ? TimeSpan.FromSeconds(WorkSeconds / (Completed + Failed)) : null,
                Best = BestPosition is { } best ? new(best, BestName!, BestPnlSol!.Value) : null,
                Revision = Revision,
                Trouble = trouble,
            };
        }
    }
}
