using System.Collections.Concurrent;

namespace WallTrack.Batches;

/// <summary>What keeps batches of this process from going on; shown with them, and gone when they go on.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentDictionary<Guid, string> _byBatch = new();

    public void Say(Guid batch, string sentence) => _byBatch[batch] = sentence;

    public void Over(Guid batch) => _byBatch.TryRemove(batch, out _);

    public string? Of(Guid batch) => _byBatch.GetValueOrDefault(batch);

    public static string OfDatabase(Exception failure) =>
        $"The database does not take anything at the moment ({failure.GetBaseException().Message.TrimEnd('.')}). Results are kept until it does; the batch then goes on by itself.";
}
