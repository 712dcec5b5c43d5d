using WallTrack.Batches;
using WallTrack.Dashboard.Live;

namespace WallTrack.Dashboard.Nodes;

/// <summary>How nodes are described, on their page and by the verb.</summary>
internal static class NodeWords
{
    public static string StateOf(NodeState state) => state.IsLive ? "live" : $"silent for {DurationText.Of(state.LastBeat)}";

    public static string RoleOf(NodeRole role) => role switch
    {
        NodeRole.Server => "server",
        NodeRole.Worker => "worker",
        _ => "a run on the command line",
    };

    public static string CpuOf(NodeRecord node) => $"{node.Cpu * 100:0} %";

    public static string MemoryOf(NodeRecord node) => $"{node.MemoryBytes / 1e6:#,0}";

    /// <summary>Of those that live.</summary>
    public static string SummaryOf(IReadOnlyList<NodeState> nodes)
    {
        var live = nodes.Where(state => state.IsLive).Select(state => state.Node).ToList();
        var silent = nodes.Count - live.Count;
        return $"{live.Count:#,0} live {(live.Count == 1 ? "node" : "nodes")}, {live.Sum(node => node.Cores):#,0} cores, {live.Sum(node => node.Busy):#,0} of them simulating{(silent == 0 ? "" : $"; {silent:#,0} silent")}.";
    }
}
