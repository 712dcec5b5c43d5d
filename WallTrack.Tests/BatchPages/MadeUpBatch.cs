using WallTrack.Batches;

namespace WallTrack.Tests.BatchPages;

/// <summary>A state of a batch as tests want it.</summary>
internal static class MadeUpBatch
{
    public static BatchSnapshot At(BatchStatus status, int total = 40, int completed = 0, int failed = 0, int running = 0, bool isStopping = false, string name = "sweep", string? trouble = null) => new()
    {
        Id = Guid.Parse("0199c0de-0000-7000-8000-000000000001"),
        Name = name,
        From = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        To = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc),
        Workers = 2,
        SolUsd = null,
        HistoryFingerprint = "00",
        EngineVersion = "1",
        SignalCount = 5_000,
        TokenCount = 150,
        KeepsSeries = true,
        CreatedBy = "ann",
        CreatedAt = new(2026, 2, 1, 12, 0, 0, DateTimeKind.Utc),
        StartedAt = completed + failed + running > 0 ? new(2026, 2, 1, 12, 0, 1, DateTimeKind.Utc) : null,
        CompletedAt = null,
        Status = status,
        IsStopping = isStopping,
        Total = total,
        Completed = completed,
        Failed = failed,
        Running = running,
        Pending = status == BatchStatus.Cancelled ? 0 : total - completed - failed - running,
        Cancelled = status == BatchStatus.Cancelled ? total - completed - failed - running : 0,
        Elapsed = completed + failed > 0 ? TimeSpan.FromSeconds(125) : TimeSpan.Zero,
        AveragePerScenario = completed + failed > 0 ? TimeSpan.FromMilliseconds(12.3) : null,
        Best = completed > 0 ? new(3, "scenario 3", 1.2345) : null,
        Revision = 1,
        Trouble = trouble,
    };
}
