using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>The import that runs now, and the one that ended last; either may be missing.</summary>
public sealed record ImportSnapshot(ImportActivity? Running, ImportOutcome? Last);

public enum ImportPhase
{
    Uploading,

    /// <summary>The file is read to its end once before anything of it is stored.</summary>
    Checking,
    Storing,
}

/// <summary>How far the running import is.</summary>
public sealed record ImportActivity
{
    /// <summary>The file's name, or "The demo history".</summary>
    public required string Name { get; init; }

    public required ImportPhase Phase { get; init; }

    /// <summary>No file, but the demo history.</summary>
    public bool IsMadeUp { get; init; }

    /// <summary>From 1.</summary>
    public required int Step { get; init; }

    public required int Steps { get; init; }

    /// <summary>0 … 1 of this phase; null when that is not known.</summary>
    public double? Fraction { get; init; }

    public long Rows { get; init; }

    public long Rejected { get; init; }

    public bool IsCancelling { get; init; }
}

public enum ImportEnd
{
    Completed,
    Cancelled,
    Refused,
    Failed,
}

/// <summary>How an import ended.</summary>
/// <param name="Sentence">For the operator: what was stored, and what to do about the rest.</param>
public sealed record ImportOutcome(ImportEnd End, string Sentence)
{
    private const string NothingIsLost = "Nothing is lost: whole days that were stored stay, and importing again completes them.";

    /// <param name="stored">What the import took in before it ended.</param>
    public static ImportOutcome Completed(IReadOnlyList<ImportRecord> stored) => new(ImportEnd.Completed, Told(stored).TrimEnd());

    /// <param name="name">What was under way.</param>
    /// <param name="phase">In which an import was cancelled: until rows are stored there is nothing to complete.</param>
    public static ImportOutcome Cancelled(IReadOnlyList<ImportRecord> stored, string name, ImportPhase phase) =>
        new(ImportEnd.Cancelled, $"{Told(stored)}{name} was cancelled. {(phase == ImportPhase.Storing ? NothingIsLost : "Nothing of it was stored.")}");

    public static ImportOutcome Refused(IReadOnlyList<ImportRecord> stored, string sentence) => new(ImportEnd.Refused, Told(stored) + sentence);

    public static ImportOutcome Failed(IReadOnlyList<ImportRecord> stored, string name, string reason) =>
        new(ImportEnd.Failed, $"{Told(stored)}{name} failed: {reason.TrimEnd('.')}. {NothingIsLost}");

    private static string Told(IReadOnlyList<ImportRecord> stored) => string.Concat(stored.Select(record =>
        $"{record.FileName}: {record.Rows:#,0} rows, {record.Accepted:#,0} new{Clause(record.Replaced, "replaced")}{Clause(record.Duplicates, "known already")}{Clause(record.Rejected, "rejected")}. "));

    private static string Clause(long count, string what) => count == 0 ? "" : $", {count:#,0} {what}";
}
