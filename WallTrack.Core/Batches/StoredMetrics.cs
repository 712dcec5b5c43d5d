using System.Text.Json;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>A result's figures out of their JSON.</summary>
public static class StoredMetrics
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Null when it failed.</summary>
    public static Metrics? Of(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Metrics is null ? null : JsonSerializer.Deserialize<Metrics>(result.Metrics, SnakeCase);
    }

    /// <inheritdoc cref="Of"/>
    public static SkipCounts? SkippedOf(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Skipped is null ? null : JsonSerializer.Deserialize<SkipCounts>(result.Skipped, SnakeCase);
    }

    internal static string Json<T>(T figures) => JsonSerializer.Serialize(figures, SnakeCase);
}
