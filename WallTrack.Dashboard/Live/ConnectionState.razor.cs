using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Live;

/// <summary>Says whether this page is connected, and proves it with the server's uptime, once a second.</summary>
public sealed partial class ConnectionState : IDisposable
{
    private ITimer? _everySecond;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private Uptime Uptime { get; set; } = default!;

    private string UptimeText => DurationText.Of(Uptime.Elapsed);

    private string StartedText => $"Started {Uptime.StartedUtc:yyyy-MM-dd HH:mm:ss} UTC";

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            var second = TimeSpan.FromSeconds(1);
            _everySecond = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, second, second);
        }
    }

    public void Dispose() => _everySecond?.Dispose();
}
