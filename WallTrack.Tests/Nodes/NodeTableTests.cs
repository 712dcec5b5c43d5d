using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.Dashboard.Nodes;

namespace WallTrack.Tests.Nodes;

public sealed class NodeTableTests : IAsyncDisposable
{
    private readonly BunitContext _circuit = new();

    public NodeTableTests()
    {
        _circuit.Services.AddSingleton(TimeProvider.System);
        _circuit.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_node_that_lives_shows_what_it_does()
    {
        var row = Rows([new(Node("alpha", busy: 2, cpu: 0.934, memory: 1_234_500_000, slices: 12_345), TimeSpan.FromSeconds(0.4), IsSelf: true)])[0];

        Assert.Equal(["● live", "alphathis page's", "server", "2 of 4", "93 %", "1,235", "12,345", "1", "1.2.3"], Texts(row)[..9]);
        Assert.Equal("true", row.GetAttribute("data-live"));
    }

    [Fact]
    public void A_silent_one_says_for_how_long_and_not_by_colour_alone()
    {
        var row = Rows([new(Node("beta"), TimeSpan.FromSeconds(7.2), IsSelf: false)])[0];

        Assert.Equal(["○ silent for 7 s", "beta"], Texts(row)[..2]);
        Assert.Equal("false", row.GetAttribute("data-live"));
    }

    [Fact]
    public void What_a_node_leaves_alone_stands_beneath_it()
    {
        var rows = Rows([new(Node("gamma", note: "Takes no part in a batch."), TimeSpan.Zero, false), new(Node("delta"), TimeSpan.Zero, false)]);

        Assert.Equal(3, rows.Count);
        Assert.Equal("▲ Takes no part in a batch.", rows[1].TextContent.Trim());
        Assert.Contains("delta", rows[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_there_in_full_for_whoever_points_at_it()
    {
        var name = new string('n', NodeRecord.LongestName);

        Assert.Equal(name, Rows([new(Node(name), TimeSpan.Zero, false)])[0].QuerySelector("th")!.GetAttribute("title"));
    }

    [Fact]
    public void The_summary_counts_those_that_live()
    {
        Assert.Equal("1 live node, 4 cores, 2 of them simulating.", NodeWords.SummaryOf([new(Node("a", busy: 2), TimeSpan.Zero, true)]));
        Assert.Equal("2 live nodes, 8 cores, 3 of them simulating; 1 silent.", NodeWords.SummaryOf(
            [new(Node("a", busy: 2), TimeSpan.Zero, true), new(Node("b", busy: 1), TimeSpan.FromSeconds(2.9), false), new(Node("c", busy: 4), TimeSpan.FromSeconds(3), false)]));
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private IReadOnlyList<IElement> Rows(IReadOnlyList<NodeState> nodes) =>
        _circuit.Render<NodeTable>(parameters => parameters.Add(table => table.Nodes, nodes)).FindAll("tbody tr");

    private static string[] Texts(IElement row) => [.. row.Children.Select(cell => cell.TextContent.Trim())];

    private static NodeRecord Node(string name, int busy = 0, double cpu = 0, long memory = 0, long slices = 0, string? note = null) => new()
    {
        Id = Guid.NewGuid(), Name = name, Role = NodeRole.Server, Version = "1.2.3", EngineVersion = "1", Cores = 4, StartedAt = DateTime.UnixEpoch,
        Beat = 1, BeatAt = DateTime.UnixEpoch, Busy = busy, Cpu = cpu, MemoryBytes = memory, SlicesDone = slices, Note = note,
    };
}
