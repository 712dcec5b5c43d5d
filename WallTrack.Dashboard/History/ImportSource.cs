using Microsoft.AspNetCore.Components.Forms;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>Where a file comes from.</summary>
/// <param name="Name">For the log.</param>
public abstract record ImportSource(string Name)
{
    /// <summary>Whether the file must be brought here first.</summary>
    public abstract bool IsUpload { get; }

    /// <param name="progress">Hears the share that is here, 0 … 1.</param>
    /// <exception cref="UnreadableFileException">It cannot be brought here.</exception>
    public abstract Task<StagedFile> StageAsync(IProgress<double> progress, CancellationToken cancellation);
}

/// <summary>A file on the server's disk; dispose of it when it is read.</summary>
/// <param name="Folder">Goes away with it; null for a file of the operator's.</param>
public sealed record StagedFile(string Path, DirectoryInfo? Folder) : IDisposable
{
    public void Dispose() => Folder?.Delete(recursive: true);
}

/// <summary>A file that lies on the server's disk.</summary>
internal sealed record DiskFile(string Path) : ImportSource(System.IO.Path.GetFileName(Path))
{
    public override bool IsUpload => false;

    public override Task<StagedFile> StageAsync(IProgress<double> progress, CancellationToken cancellation) => Task.FromResult(new StagedFile(Path, null));
}

/// <summary>A file in the operator's browser, streamed to a temporary folder. The page must stay open for as long.</summary>
internal sealed record UploadedFile(IBrowserFile File) : ImportSource(File.Name)
{
    /// <summary>2 GiB.</summary>
    public const long Largest = 2L << 30;

    private const int BlockBytes = 1 << 16;
    private const int LongestName = 100;

    public override bool IsUpload => true;

    public override async Task<StagedFile> StageAsync(IProgress<double> progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("walltrack-upload-");
        try
        {
            // Under its own name, because sentences about it name it.
            var path = Path.Combine(folder.FullName, HarmlessName(File.Name));
            await CopyAsync(path, progress, cancellation);
            return new(path, folder);
        }
        catch (Exception failure)
        {
            folder.Delete(recursive: true);
            cancellation.ThrowIfCancellationRequested();
            // Many things end an upload: a closed tab, a lost connection, a full disk. All of them mean this.
            throw new UnreadableFileException($"The upload of {File.Name} broke off, and nothing of it was stored; upload it again and keep the page open until it is here. ({failure.Message})", failure);
        }
    }

    /// <summary>The name is whatever the browser says, which may be a path or not fit for a file at all.</summary>
    internal static string HarmlessName(string name)
    {
        var letters = name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ' ' ? letter : '_').ToArray();
        var harmless = new string(letters[^Math.Min(letters.Length, LongestName)..]).TrimStart('.', ' ');
        return harmless.Length > 0 ? harmless : "upload.csv";
    }

    private async Task CopyAsync(string path, IProgress<double> progress, CancellationToken cancellation)
    {
        await using var from = File.OpenReadStream(Largest, cancellation);
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockBytes, useAsync: true);
        var block = new byte[BlockBytes];
        for (var copied = 0L; await from.ReadAsync(block, cancellation) is > 0 and var read;)
        {
            await to.WriteAsync(block.AsMemory(0, read), cancellation);
            copied += read;
            progress.Report(copied / (double)File.Size);
        }
    }
}
