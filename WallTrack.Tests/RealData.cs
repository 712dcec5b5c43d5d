namespace WallTrack.Tests;

/// <summary>
/// Real signals and bars, which are not the project's to publish: tests over them run where the folder
/// <c>shared/data</c> stands beside the checkout, and are skipped elsewhere.
/// </summary>
internal static class RealData
{
    /// <summary>Skips the test that asks where there is no such folder.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WallTrack.sln"))
                && Path.Combine(folder.FullName, "..", "shared", "data", name) is var data && Directory.Exists(data))
                return Path.GetFullPath(data);
        }

        Assert.Skip("There is no folder shared/data beside this checkout.");
        return "";
    }
}
