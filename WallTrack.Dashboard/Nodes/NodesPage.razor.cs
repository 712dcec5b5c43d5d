using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Nodes;

/// <summary>Who takes part in the work, as this server sees it; looked at anew once a second.</summary>
public sealed partial class NodesPage : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private IReadOnlyList<NodeState> _nodes = [];
    private ITimer? _timer;

    [Inject]
    private Neighbours Neighbours { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string Summary => NodeWords.SummaryOf(_nodes);

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        _nodes = Neighbours.Now;
        if (RendererInfo.IsInteractive)
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(Update), null, Interval, Interval);
    }

    private void Update()
    {
        _nodes = Neighbours.Now;
        StateHasChanged();
    }
}
