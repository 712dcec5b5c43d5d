using System.IO.Compression;
using System.Text;
using WallTrack.Storage;

namespace WallTrack.Tests;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("walltrack-");

    public string Path => _folder.FullName;

    /// <summary>Every file in it, by name.</summary>
    public IEnumerable<string> Files => _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>An empty one, set up, which no pool of connections keeps open.</summary>
    public async Task<Database> NewDatabaseAsync()
    {
        var database = Database.Of($"Data Source={At("walltrack.db")};Pooling=False");
        await database.SetUpAsync();
        return database;
    }

    public static byte[] Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Where somebody may still be at the end of a reading, such as a page that was closed.</summary>
    public async ValueTask DisposeAsync() => await Eventually.TrueAsync(IsGone, $"somebody still writes to {Path}");

    private bool IsGone()
    {
        try
        {
            if (Directory.Exists(Path))
                Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
