using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>A whole batch as results.json or as a CSV table, whatever has become of it.</summary>
internal static class BatchDownload
{
    private const int LongestFileName = 80;

    /// <param name="format">json or csv.</param>
    public static string AddressOf(Guid batch, string format) => $"/batches/{batch}/export.{format}";

    public static void MapBatchDownload(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/batches/{batch:guid}/export.json", async (Guid batch, BatchExport export, BatchRunner batches, CancellationToken cancellation) =>
            await batches.GetAsync(batch, cancellation) is not { } snapshot ? Results.NotFound()
                : Results.Stream(stream => export.WriteJsonAsync(batch, stream, cancellation), "application/json", $"{FileNameOf(snapshot)}.json"));
        routes.MapGet("/batches/{batch:guid}/export.csv", async (Guid batch, BatchExport export, BatchRunner batches, CancellationToken cancellation) =>
            await batches.GetAsync(batch, cancellation) is not { } snapshot ? Results.NotFound()
                : Results.Stream(stream => export.WriteCsvAsync(batch, stream, cancellation), "text/csv; charset=utf-8", $"{FileNameOf(snapshot)}.csv"));
    }

    /// <summary>The batch's name, without what file systems or headers give a meaning to.</summary>
    internal static string FileNameOf(BatchSnapshot batch)
    {
        var harmless = string.Concat(batch.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : ' '));
        var words = string.Join('-', harmless.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? $"{batch.Id}" : words[..Math.Min(words.Length, LongestFileName)];
    }
}
