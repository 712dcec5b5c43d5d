using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>Starts an import, and shows the one that runs or how the last one ended, whoever started it.</summary>
public sealed partial class ImportPanel
{
    private bool _isOpen;
    private object _form = new();
    private bool _isMine;

    /// <summary>Nothing is stored yet.</summary>
    [Parameter, EditorRequired]
    public bool IsEmpty { get; set; }

    [Parameter, EditorRequired]
    public ImportSnapshot Snapshot { get; set; } = default!;

    [Inject]
    private ImportRunner Runner { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (!_isMine || Snapshot.Last is not { } outcome)
            return;

        // What was chosen stays for another try, unless it was taken.
        _isMine = false;
        if (outcome.End == ImportEnd.Completed)
            (_isOpen, _form) = (false, new());
    }

    private void Start(IReadOnlyList<ImportStep> steps) => _isMine = Runner.TryStart(steps) || _isMine;

    private void LoadDemo() => Runner.TryStart([new(ImportKind.MadeUp)]);

    private static string WordOf(ImportEnd end) => end switch
    {
        ImportEnd.Completed => "Completed",
        ImportEnd.Cancelled => "Cancelled",
        ImportEnd.Refused => "Refused",
        _ => "Failed",
    };

    private static string IconOf(ImportEnd end) => end switch
    {
        ImportEnd.Completed => "✓",
        ImportEnd.Cancelled => "■",
        _ => "✕",
    };

    private static string ClassOf(ImportEnd end) => end switch
    {
        ImportEnd.Completed => "done",
        ImportEnd.Cancelled => "cancelled",
        _ => "alarm",
    };
}
