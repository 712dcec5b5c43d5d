using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>How far a batch is: a bar with a part for each state, and the count as text.</summary>
public sealed partial class BatchProgressBar
{
    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    private static string Css(double percent) => $"{percent:0.###}%";
}
