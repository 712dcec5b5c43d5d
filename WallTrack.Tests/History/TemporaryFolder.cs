using System.IO.Compression;
using System.Text;

namespace WallTrack.Tests.History;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("walltrack-files-");

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

    public static byte[] Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
