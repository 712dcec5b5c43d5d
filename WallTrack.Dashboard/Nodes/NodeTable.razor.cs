using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Nodes;

/// <summary>The processes that share a database, a row each.</summary>
public sealed partial class NodeTable
{
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<NodeState> Nodes { get; set; } = [];
}
