using Microsoft.EntityFrameworkCore;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>A scenario of a batch that has no result.</summary>
/// <param name="IsRunning">It is being simulated; of a slice of several, the first stands for whichever it is.</param>
public sealed record UndoneScenario(int Position, string ScenarioName, bool IsRunning);

/// <param name="Count">Of all that match.</param>
public sealed record UndonePage(IReadOnlyList<UndoneScenario> Scenarios, int Count)
{
    public static UndonePage None { get; } = new([], 0);
}

/// <summary>Finds what a batch has not done by its slices, so that a page of a large batch unpacks a few of its scenarios only.</summary>
internal static class UndoneScenarios
{
    /// <param name="name">Part of the scenario's name, whatever its case; of batches above <see cref="BatchWorks.LongestRemembered"/> scenarios none is found by its name.</param>
    public static async Task<UndonePage> ReadAsync(WallTrackDbContext context, Guid batch, string? name, int skip, int take, CancellationToken cancellation)
    {
        if (await context.Set<Batch>().Where(row => row.Id == batch).Select(row => new { row.MaxWorkers, row.Total }).SingleOrDefaultAsync(cancellation) is not { } known)
            return UndonePage.None;
        var slices = await context.Set<Slice>().Where(slice => slice.BatchId == batch && slice.State != SliceState.Done)
            .OrderBy(slice => slice.FirstPosition).Select(slice => new { slice.FirstPosition, slice.Count, slice.State }).ToListAsync(cancellation);

        // One claimed slice more than there are workers is on its way to the database: most likely the first.
        var running = slices.Where(slice => slice.State == SliceState.Claimed).Select(slice => slice.FirstPosition).TakeLast(known.MaxWorkers).ToHashSet();
        var positions = slices.SelectMany(slice => Enumerable.Range(slice.FirstPosition, slice.Count));
        if (string.IsNullOrEmpty(name))
        {
            var wanted = positions.Skip(skip).Take(take).ToList();
            return new(await NamedAsync(context, batch, wanted, running, cancellation), slices.Sum(slice => slice.Count));
        }

        if (known.Total > BatchWorks.LongestRemembered)
            return UndonePage.None;
        var named = (await NamedAsync(context, batch, [.. positions], running, cancellation)).FindAll(scenario => scenario.ScenarioName.Contains(name, StringComparison.OrdinalIgnoreCase));
        return new([.. named.Skip(skip).Take(take)], named.Count);
    }

    private static async Task<List<UndoneScenario>> NamedAsync(WallTrackDbContext context, Guid batch, List<int> positions, HashSet<int> running, CancellationToken cancellation)
    {
        var firsts = positions.Select(position => position / MemberChunk.Size * MemberChunk.Size).Distinct().ToList();
        var chunks = await context.Set<MemberChunk>().Where(chunk => chunk.BatchId == batch && firsts.Contains(chunk.FirstPosition)).ToListAsync(cancellation);
        var members = chunks.ToDictionary(chunk => chunk.FirstPosition, chunk => chunk.Unpack());
        return positions.ConvertAll(position =>
        {
            var first = position / MemberChunk.Size * MemberChunk.Size;
            return new UndoneScenario(position, members[first][position - first].Name, running.Contains(position));
        });
    }
}
