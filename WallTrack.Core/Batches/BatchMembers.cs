using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>A scenario as it was when its batch was started.</summary>
/// <param name="Parameters">Its JSON; null when no scenario had that id.</param>
internal sealed record Member(Guid ScenarioId, string Name, string? Parameters, Scenario? Scenario)
{
    public static Member Of(Scenario scenario)
    {
        if (!StorableText.IsStorable(scenario.Name))
        {
            var draft = scenario.ToDraft();
            draft.Name = StorableText.Of(draft.Name);
            scenario = Scenario.From(draft);
        }

        return new(scenario.Id, scenario.Name, ScenarioJson.WriteCompact(scenario), scenario);
    }

    public static Member Missing(Guid id) => new(id, $"unknown scenario {id}", null, null);
}

/// <summary>Some of a batch's scenarios, from a position on: JSON, a line each, compressed. A line that is only an id stands for a scenario that did not exist.</summary>
internal sealed class MemberChunk
{
    /// <summary>As many as the largest slice, so that a slice needs one chunk, or two.</summary>
    public const int Size = 256;

    public required Guid BatchId { get; init; }

    public required int FirstPosition { get; init; }

    public required int Count { get; init; }

    public required byte[] Data { get; init; }

    public static IEnumerable<MemberChunk> Of(Guid batch, IReadOnlyList<Member> members)
    {
        for (var first = 0; first < members.Count; first += Size)
        {
            var some = members.Skip(first).Take(Size).ToList();
            yield return new() { BatchId = batch, FirstPosition = first, Count = some.Count, Data = Pack(some) };
        }
    }

    public IReadOnlyList<Member> Unpack()
    {
        using var lines = new StreamReader(new BrotliStream(new MemoryStream(Data), CompressionMode.Decompress), Encoding.UTF8);
        var members = new List<Member>(Count);
        while (lines.ReadLine() is { } line)
        {
            members.Add(Guid.TryParse(line, out var missing) ? Member.Missing(missing)
                : Member.Of(ScenarioJson.Read(line)[0] is { Scenario: { } scenario } ? scenario : throw new JsonException($"A stored scenario of batch {BatchId} cannot be read.")));
        }

        return members;
    }

    private static byte[] Pack(List<Member> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(new BrotliStream(stream, CompressionLevel.Fastest), new UTF8Encoding(false)))
        {
            foreach (var member in members)
                writer.Write((member.Parameters ?? member.ScenarioId.ToString()) + "\n");
        }

        return stream.ToArray();
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberChunk>
    {
        public const string Table = "batch_scenarios";

        public static readonly string[] Columns = ["batch_id", "first_position", "scenario_count", "data"];

        public void Configure(EntityTypeBuilder<MemberChunk> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(chunk => new { chunk.BatchId, chunk.FirstPosition });
            builder.HasOne<Batch>().WithMany().HasForeignKey(chunk => chunk.BatchId).OnDelete(DeleteBehavior.Cascade);
            builder.Property(chunk => chunk.BatchId).HasColumnName("batch_id");
            builder.Property(chunk => chunk.FirstPosition).HasColumnName("first_position").ValueGeneratedNever();
            builder.Property(chunk => chunk.Count).HasColumnName("scenario_count");
            builder.Property(chunk => chunk.Data).HasColumnName("data");
        }

        public static object?[] Row(MemberChunk chunk) => [chunk.BatchId, chunk.FirstPosition, chunk.Count, chunk.Data];
    }
}

/// <summary>
/// The scenarios of a batch by position. A list today; a sweep, whose members follow from their position, would be
/// another way to answer the same question.
/// </summary>
internal sealed class BatchMembers(Database database, Guid batch)
{
    private readonly Lock _lock = new();
    private MemberRun? _latest;

    /// <summary>Remembers the whole list, which is short.</summary>
    public void Remember(IReadOnlyList<Member> members)
    {
        lock (_lock)
            _latest = new(0, members);
    }

    public async Task<IReadOnlyList<Member>> ReadAsync(int first, int count, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_latest is { } latest && latest.Holds(first, count))
                return latest.Take(first, count);
        }

        await using var context = database.CreateContextFactory().CreateDbContext();
        var chunks = await context.Set<MemberChunk>()
            .Where(chunk => chunk.BatchId == batch && chunk.FirstPosition < first + count && chunk.FirstPosition + chunk.Count > first)
            .OrderBy(chunk => chunk.FirstPosition)
            .ToListAsync(cancellation);
        var run = new MemberRun(chunks[0].FirstPosition, [.. chunks.SelectMany(chunk => chunk.Unpack())]);
        lock (_lock)
            _latest = _latest is { First: 0 } whole && whole.Members.Count > run.Members.Count ? whole : run;
        return run.Take(first, count);
    }

    private sealed record MemberRun(int First, IReadOnlyList<Member> Members)
    {
        public bool Holds(int first, int count) => first >= First && first + count <= First + Members.Count;

        public IReadOnlyList<Member> Take(int first, int count) => [.. Members.Skip(first - First).Take(count)];
    }
}
