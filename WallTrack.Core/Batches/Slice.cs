using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WallTrack.Storage;

namespace WallTrack.Batches;

public enum SliceState
{
    Pending,

    /// <summary>A pump has it, under a token that no other claim ever had.</summary>
    Claimed,

    /// <summary>Each of its scenarios has a result.</summary>
    Done,
}

/// <summary>
/// A run of consecutive scenarios of one batch, the unit of work: simulated under one claim, stored in one transaction.
/// The slices of a batch cover its positions without gap or overlap.
/// </summary>
public sealed class Slice
{
    public required Guid BatchId { get; init; }

    public required int FirstPosition { get; init; }

    public required int Count { get; init; }

    public SliceState State { get; init; }

    /// <summary>Of the present claim, or of the one that it was done under.</summary>
    public Guid? Token { get; init; }

    /// <summary>Whose claim it is.</summary>
    public Guid? NodeId { get; init; }

    /// <summary>The batch's worker slot that holds it; a slot holds one slice.</summary>
    public int? Slot { get; init; }

    /// <summary>How many processes ended without a word while they had it.</summary>
    public int Deaths { get; init; }

    /// <summary>Of its results, once it is done.</summary>
    public int Completed { get; init; }

    public int Failed { get; init; }

    public double WorkSeconds { get; init; }

    /// <summary>
    /// Slices that share a process share its death, so nobody knows whose fault it was: after this many deaths its
    /// scenarios become slices of their own, each of which runs while nothing else does in that process.
    /// </summary>
    public const int DeathsUntilAlone = 3;

    /// <summary>A scenario that was alone in this many further deaths is failed.</summary>
    public const int DeathsUntilFailed = DeathsUntilAlone + 3;

    internal sealed class Mapping : IEntityTypeConfiguration<Slice>
    {
        public const string Table = "batch_slices";

        public void Configure(EntityTypeBuilder<Slice> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(slice => new { slice.BatchId, slice.FirstPosition });
            builder.HasOne<Batch>().WithMany().HasForeignKey(slice => slice.BatchId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(slice => new { slice.BatchId, slice.State, slice.Deaths, slice.FirstPosition });
            builder.HasIndex(slice => new { slice.BatchId, slice.Slot }).IsUnique().HasFilter("state = 'claimed'");
            builder.HasIndex(slice => slice.NodeId).HasFilter("state = 'claimed'");
            builder.Property(slice => slice.BatchId).HasColumnName("batch_id");
            builder.Property(slice => slice.FirstPosition).HasColumnName("first_position").ValueGeneratedNever();
            builder.Property(slice => slice.Count).HasColumnName("scenario_count");
            builder.Property(slice => slice.State).HasColumnName("state").AsWord();
            builder.Property(slice => slice.Token).HasColumnName("token");
            builder.Property(slice => slice.NodeId).HasColumnName("node_id");
            builder.Property(slice => slice.Slot).HasColumnName("slot");
            builder.Property(slice => slice.Deaths).HasColumnName("deaths");
            builder.Property(slice => slice.Completed).HasColumnName("completed");
            builder.Property(slice => slice.Failed).HasColumnName("failed");
            builder.Property(slice => slice.WorkSeconds).HasColumnName("work_seconds");
        }
    }
}

/// <summary>How a batch is cut.</summary>
internal static class SlicePlan
{
    private const int OneByOne = 300;
    private const int LargestSlice = 256;
    private const int LeastSlices = 16; // so that progress is seen to move
    private const int LeastSlicesACore = 4; // so that all end at about the same time
    private const int MostSlices = 1_024; // their counts are summed at each commit
    private const double LeastSeconds = 0.25;
    private const double MostSlicesASecond = 60; // of all machines together: a small database bears twice that
    private const double SecondsAScenario = 60e-6;
    private const double SecondsASignal = 4e-9;

    /// <param name="cores">Of all machines that may work on it: the more, the longer a slice, because one database counts them.</param>
    /// <param name="goesWithTheOneBefore">
    /// Whether a scenario shares work with the one before it in the list: a cut is made between two that do not, where there
    /// is such a place in the second half of a slice.
    /// </param>
    public static IEnumerable<(int First, int Count)> Cut(int scenarios, int signals, int cores, Func<int, bool> goesWithTheOneBefore)
    {
        var size = scenarios <= OneByOne ? 1 : SizeFor(scenarios, signals, cores);
        for (var first = 0; first < scenarios;)
        {
            var count = Math.Min(size, scenarios - first);
            for (var end = first + count; end < scenarios && end >= first + ((count + 1) / 2); end--)
            {
                if (!goesWithTheOneBefore(end))
                {
                    count = end - first;
                    break;
                }
            }

            yield return (first, count);
            first += count;
        }
    }

    /// <summary>How long a slice is meant to take.</summary>
    public static TimeSpan WorkFor(int cores) => TimeSpan.FromSeconds(Math.Max(LeastSeconds, cores / MostSlicesASecond));

    private static int SizeFor(int scenarios, int signals, int cores)
    {
        var worth = (int)Math.Clamp(WorkFor(cores).TotalSeconds / (SecondsAScenario + (signals * SecondsASignal)), 1, LargestSlice);
        return Math.Max(Math.Max(1, Math.Min(worth, scenarios / Math.Max(LeastSlices, cores * LeastSlicesACore))), (scenarios + MostSlices - 1) / MostSlices);
    }
}
