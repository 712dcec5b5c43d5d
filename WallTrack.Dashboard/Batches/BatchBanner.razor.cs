using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>How a batch stands: its state, its bar, its numbers, and what is in its way.</summary>
public sealed partial class BatchBanner
{
    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;
}
