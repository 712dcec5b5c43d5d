using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.History;

/// <summary>How far the running import is, and the way to end it.</summary>
public sealed partial class ImportProgressBar
{
    [Parameter, EditorRequired]
    public ImportActivity Activity { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    private string Doing => Activity.Phase switch
    {
        ImportPhase.Uploading => $"Uploading {Activity.Name}",
        ImportPhase.Checking => $"Checking {Activity.Name}",
        _ when Activity.IsMadeUp => "Making up the demo history",
        _ => $"Importing {Activity.Name}",
    };

    private string Percent => Activity.Fraction is { } fraction ? $"{Math.Floor(100 * fraction):0} %" : "…";

    private string Hint => Activity.Phase == ImportPhase.Uploading
        ? "Keep this page open until the file is on the server."
        : "You may close this page: the import goes on in the server.";
}
