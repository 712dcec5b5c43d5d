namespace WallTrack.Tests.Architecture;

/// <summary>The checkout that these tests were built from.</summary>
internal static class SourceTree
{
    private static readonly string[] NotSources = [".git", ".vs", ".idea", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts"];

    private static readonly string[] TextFiles =
    [
        "", ".cs", ".razor", ".css", ".js", ".json", ".csproj", ".props", ".targets", ".sln", ".md", ".txt", ".sh", ".svg",
        ".editorconfig", ".gitignore", ".gitattributes", ".yml", ".yaml", ".config", ".sql",
    ];

    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Every text file of ours, built and hidden ones left out.</summary>
    public static IEnumerable<FileInfo> Files() => FilesBelow(Root);

    private static IEnumerable<FileInfo> FilesBelow(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => TextFiles.Contains(file.Extension))
            .Concat(folder.EnumerateDirectories()
                .Where(child => !NotSources.Contains(child.Name) && child.LinkTarget is null)
                .SelectMany(FilesBelow));

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WallTrack.sln")))
                return folder;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds WallTrack.sln.");
    }
}
