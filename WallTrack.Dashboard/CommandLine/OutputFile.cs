namespace WallTrack.Dashboard.CommandLine;

/// <summary>
/// A file that appears whole or not at all: written beside its place and moved there at the end. It is opened before the
/// work begins, so that a folder that cannot be written to is known in time.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _temporary;
    private readonly FileStream _stream;

    private OutputFile(string path, string temporary, FileStream stream) => (Path, _temporary, _stream) = (path, temporary, stream);

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
            return new(path, temporary, new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
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
            await write(_stream);
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporary, Path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"File {Path} cannot be written: {exception.Message}");
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }
}
