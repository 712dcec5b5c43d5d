using System.CommandLine;
using Spectre.Console;
using WallTrack.Batches;
using WallTrack.Dashboard.Nodes;

namespace WallTrack.Dashboard.CommandLine;

/// <summary><c>nodes</c>: shows the processes that share a database and its work.</summary>
internal static class NodesVerb
{
    // From the first look: longer than a process may be silent and yet live, because its beat must be seen to move.
    private static readonly TimeSpan Listens = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private static readonly Option<string?> Database = DatabaseOption.Create();

    public static Command Create()
    {
        var command = new Command("nodes", "Shows the processes that share a database and its work; listens for their beats for a few seconds.") { Database };
        command.SetAction((arguments, cancellation) => Task.Run(() => RunAsync(arguments, cancellation), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var process = await BatchProcess.StartAsync(await DatabaseOption.OpenAsync(arguments.GetValue(Database), cancellation), cancellation);
        for (var waits = 0; process.Neighbours.Now.Count == 0; waits++)
        {
            if (waits * BetweenLooks > LongestWait)
                throw new RefusedException("The database does not answer any more; try again when it does.");
            await Task.Delay(BetweenLooks, cancellation);
        }

        await Task.Delay(Listens, cancellation);
        var nodes = process.Neighbours.Now.Where(state => !state.IsSelf).ToList();
        var screen = new Screen();
        if (nodes.Count == 0)
        {
            screen.Print("No process works on this database. Start one: without a verb, or with --role worker.");
            return ExitCode.Done;
        }

        screen.Print(NodeWords.SummaryOf(nodes));
        screen.Show(TableOf(nodes));
        foreach (var state in nodes.Where(state => state.Node.Note is not null))
            screen.Print($"{state.Node.Name}: {state.Node.Note}");
        return ExitCode.Done;
    }

    private static Table TableOf(IReadOnlyList<NodeState> nodes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Node", "State", "Role")
            .AddColumn(new TableColumn("Simulating").RightAligned()).AddColumn(new TableColumn("CPU").RightAligned())
            .AddColumn(new TableColumn("Memory, MB").RightAligned()).AddColumn(new TableColumn("Slices done").RightAligned())
            .AddColumn(new TableColumn("Engine").RightAligned()).AddColumn("Version");
        foreach (var state in nodes)
        {
            var node = state.Node;
            table.AddRow(Markup.Escape(node.Name), NodeWords.StateOf(state), NodeWords.RoleOf(node.Role), $"{node.Busy} of {node.Cores}",
                NodeWords.CpuOf(node), NodeWords.MemoryOf(node), $"{node.SlicesDone:#,0}", Markup.Escape(node.EngineVersion), Markup.Escape(node.Version));
        }

        return table;
    }
}
