using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>The rejected rows of an import as a CSV file.</summary>
internal static class RejectsDownload
{
    public static string AddressOf(Guid import) => $"/history/imports/{import}/rejects.csv";

    public static void MapRejectsDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/history/imports/{import:guid}/rejects.csv", async (Guid import, ImportLog log, CancellationToken cancellation) =>
            await log.FindAsync(import, cancellation) is not { } record
                ? Results.NotFound()
                : Results.Stream(
                    stream => log.WriteRejectsAsync(import, stream, cancellation),
                    "text/csv; charset=utf-8",
                    $"{UploadedFile.HarmlessName(record.FileName)}-rejected.csv"));
}
