using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.History;

/// <summary>What was imported, and what was not.</summary>
public sealed class ImportLog(IDbContextFactory<WallTrackDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ImportRecord>> ListAsync(int most = 50, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ImportRecord>().OrderByDescending(import => import.StartedAt).Take(most).ToListAsync(cancellation);
    }

    /// <summary>Null when there was no such import.</summary>
    public async Task<ImportRecord?> FindAsync(Guid import, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<ImportRecord>().SingleOrDefaultAsync(record => record.Id == import, cancellation);
    }

    /// <summary>The rejected rows of an import as CSV with a header: line, reason, text.</summary>
    public async Task WriteRejectsAsync(Guid import, Stream stream, CancellationToken cancellation = default)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes("line,reason,text\n"), cancellation);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var parts = context.Set<ImportRejects>().Where(part => part.ImportId == import).OrderBy(part => part.Part).AsAsyncEnumerable();
        await foreach (var part in parts.WithCancellation(cancellation))
        {
            await using var text = new GZipStream(new MemoryStream(part.Data), CompressionMode.Decompress);
            await text.CopyToAsync(stream, cancellation);
        }
    }
}
