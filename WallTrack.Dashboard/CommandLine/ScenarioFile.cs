using WallTrack.Scenarios;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>Scenarios from a JSON file, all of them or none.</summary>
internal static class ScenarioFile
{
    /// <exception cref="RefusedException">The file cannot be read, or a scenario in it is not valid; every fault is a line.</exception>
    public static IReadOnlyList<Scenario> Read(string path)
    {
        var entries = ReadEntries(path);
        var faults = entries
            .SelectMany(entry => entry.Faults.Select(fault => $"{Path.GetFileName(path)}, {entry.Label}: {fault.Sentence}"))
            .ToList();
        return faults.Count == 0
            ? [.. entries.Select(entry => entry.Scenario!)]
            : throw new RefusedException(string.Join(Environment.NewLine, faults));
    }

    private static IReadOnlyList<ScenarioEntry> ReadEntries(string path)
    {
        try
        {
            return ScenarioJson.Read(File.ReadAllText(path));
        }
        catch (ScenarioFileException exception)
        {
            throw new RefusedException($"File {path} holds no scenarios: {exception.Message}");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"There is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"File {path} cannot be read: {exception.Message}");
        }
    }
}
