using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Live;

/// <summary>Says on top of any page that a command met a database that was away, until one goes through.</summary>
public sealed partial class OutageNotice : IDisposable
{
    [Inject]
    private Outage Outage { get; set; } = default!;

    public void Dispose() => Outage.Changed -= Show;

    protected override void OnInitialized() => Outage.Changed += Show;

    private void Show() => _ = InvokeAsync(StateHasChanged);
}
