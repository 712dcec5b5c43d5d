using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Live;

/// <summary>An instant in the browser's zone, with UTC on hover; until the browser's script runs, in UTC.</summary>
public sealed partial class LocalTime
{
    /// <summary>UTC.</summary>
    [Parameter, EditorRequired]
    public DateTime Instant { get; set; }

    private string Iso => WallTrack.Instant.Text(Instant);

    private string Utc => $"{Instant:yyyy-MM-dd HH:mm:ss} UTC";
}
