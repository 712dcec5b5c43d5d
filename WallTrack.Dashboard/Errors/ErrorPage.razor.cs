using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Errors;

/// <summary>What the operator sees instead of a page that could not be served. Static: no circuit is needed for it.</summary>
public sealed partial class ErrorPage
{
    /// <summary>The HTTP status; null after an unhandled exception.</summary>
    [Parameter]
    public int? Status { get; set; }
}
