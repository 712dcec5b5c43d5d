using Microsoft.AspNetCore.Components;
using WallTrack.Dashboard.Live;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>What was imported, and what was not.</summary>
public sealed partial class ImportLogTable
{
    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ImportRecord> Records { get; set; } = [];

    private static string KindOf(ImportRecord record) => record.Kind switch
    {
        ImportKind.Signals => "signals",
        ImportKind.Bars => "bars",
        _ => "demo",
    };

    private static string DurationOf(ImportRecord record) => (record.CompletedAt - record.StartedAt) is { TotalSeconds: >= 1 } duration ? DurationText.Of(duration) : "< 1 s";

    private static bool HasNotes(ImportRecord record) => record.Rejected > 0 || record.Warnings.Count > 0 || record.IgnoredColumns.Count > 0;
}
