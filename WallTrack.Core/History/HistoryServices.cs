using Microsoft.Extensions.DependencyInjection;

namespace WallTrack.History;

public static class HistoryServices
{
    /// <summary>The importer, its log and the library, over the storage that is registered beside them.</summary>
    public static IServiceCollection AddWallTrackHistory(this IServiceCollection services) =>
        services.AddSingleton<HistoryImporter>().AddSingleton<ImportLog>().AddSingleton<HistoryLibrary>();
}
