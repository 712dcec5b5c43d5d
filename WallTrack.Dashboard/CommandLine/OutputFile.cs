namespace WallTrack.Dashboard.CommandLine;

/// <summary>
/// A file that appears whole or not at all: written beside its place and moved there at the end. That it can be written
/// is tried before the work begins, so that a missing folder is known in time; nothing is left of the trial.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _temporary;

    private OutputFile(string path, string temporary) => (Path, _temporary) = (path, temporary);

    public string Path { get; }

    /// <exception cref="RefusedException">It cannot be written there.</exception>
    public static OutputFile Open(string path)
    {
        var whole = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(whole))
        {
            throw new RefusedException($"--output names the folder {path}; name a file in it.");
        }

        var temporary = $"{whole}.{Guid.NewGuid():N}.part";
        try
        {
            File.Create(temporary, 1, FileOptions.DeleteOnClose).Dispose();
            return new(path, temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(exception is DirectoryNotFoundException
                ? $"There is no folder {System.IO.Path.GetDirectoryName(whole)} to write {System.IO.Path.GetFileName(path)} to."
                : $"File {path} cannot be written: {exception.Message}");
        }
    }

    /// <exception cref="RefusedException">The disk is full, or the like; nothing is left behind.</exception>
    public void Write(Action<Stream> write) => WriteAsync(stream =>
    {
        write(stream);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <inheritdoc cref="Write"/>
    public async Task WriteAsync(Func<Stream, Task> write)
    {
        try
        {
            await using (var stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(_temporary, Path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"File {Path} cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => File.Delete(_temporary);
}
