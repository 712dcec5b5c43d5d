using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>Which files to import. It must stay rendered while they are uploaded: the browser reads them from its inputs.</summary>
public sealed partial class ImportForm
{
    private const int LongestIntervalSeconds = 86400;
    private bool _isOnServer;
    private IBrowserFile? _signalsFile;
    private IBrowserFile? _barsFile;
    private string? _signalsPath;
    private string? _barsPath;
    private int? _intervalSeconds;
    private string? _refusal;

    /// <summary>Gets at least one step.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<ImportStep>> OnImport { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private async Task SubmitAsync()
    {
        ImportSource? signals = _isOnServer ? OnDisk(_signalsPath) : Upload(_signalsFile);
        ImportSource? bars = _isOnServer ? OnDisk(_barsPath) : Upload(_barsFile);
        _refusal = RefusalOf(signals, bars);
        if (_refusal is not null)
            return;

        var steps = new List<ImportStep>();
        if (signals is not null)
            steps.Add(new(ImportKind.Signals, signals));
        if (bars is not null)
            steps.Add(new(ImportKind.Bars, bars, _intervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
        await OnImport.InvokeAsync(steps);
    }

    private string? RefusalOf(ImportSource? signals, ImportSource? bars)
    {
        if (signals is null && bars is null)
            return _isOnServer ? "Name a signals file, a bars file, or both." : "Choose a signals file, a bars file, or both.";
        if (_intervalSeconds is < 1 or > LongestIntervalSeconds)
            return $"The interval is {_intervalSeconds}; it must be at least 1 and at most {LongestIntervalSeconds} seconds.";
        var tooLarge = new[] { signals, bars }.OfType<UploadedFile>().FirstOrDefault(upload => upload.File.Size > UploadedFile.Largest);
        return tooLarge is null ? null
            : $"{tooLarge.Name} has {tooLarge.File.Size:#,0} bytes; at most {UploadedFile.Largest:#,0} can be uploaded. Put it on the server's disk and import it from there.";
    }

    /// <summary>Quotation marks come along when a path is copied from a file manager.</summary>
    private static DiskFile? OnDisk(string? path) => path?.Trim().Trim('"') is { Length: > 0 } given ? new(given) : null;

    private static UploadedFile? Upload(IBrowserFile? file) => file is null ? null : new(file);
}
