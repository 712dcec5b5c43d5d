using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Nodes;

/// <summary>Who takes part in the work, as this server sees it; looked at anew once a second.</summary>
public sealed partial class NodesPage : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private IReadOnlyList<NodeState> _nodes = [];
    private TimeSpan? _away;
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
        Look();
        if (RendererInfo.IsInteractive)
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(Update), null, Interval, Interval);
    }

    private void Update()
    {
        Look();
        StateHasChanged();
    }

    /// <summary>While the database is away nobody can say who is silent: the last that was seen stays.</summary>
    private void Look()
    {
        _away = Neighbours.Away;
        _nodes = _away is null ? Neighbours.Now : Neighbours.Seen;
    }
}
