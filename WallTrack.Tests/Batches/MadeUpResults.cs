using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>
/// The figures of a completed batch that was never run: many, soon. Figures repeat, so that orders have ties; some are
/// undefined, some scenarios failed.
/// </summary>
internal static class MadeUpResults
{
    private const int Values = 1_000;

    /// <returns>The batch.</returns>
    public static Task<Guid> StoreAsync(Database database, int count) => database.InTransactionAsync(async context =>
    {
        var batch = BatchOf(count);
        context.Add(batch);
        await context.SaveChangesAsync();
        await BulkInsert.RowsAsync(context, ResultFigures.Mapping.Table, ResultFigures.Mapping.Columns, Rows(batch.Id, count), CancellationToken.None);
        return batch.Id;
    });

    private static Batch BatchOf(int count) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "made up",
        ScenarioIds = [],
        From = SmallSweep.History.Start,
        To = SmallSweep.History.End,
        MaxWorkers = 2,
        SolUsd = null,
        HistoryFingerprint = "00",
        EngineVersion = "1",
        SignalCount = 400,
        TokenCount = 20,
        KeepsSeries = false,
        Total = count,
        CreatedAt = SmallSweep.History.End,
        CreatedBy = "ann",
        StartedAt = SmallSweep.History.End,
        CompletedAt = SmallSweep.History.End.AddMinutes(1),
        Intent = BatchIntent.Run,
        Status = BatchStatus.Completed,
        Completed = count - Enumerable.Range(0, count).Count(IsFailed),
        Failed = Enumerable.Range(0, count).Count(IsFailed),
        Summary = new BatchSummary(count, count, 0, 60, [], []).ToJson(),
    };

    private static IEnumerable<object?[]> Rows(Guid batch, int count)
    {
        var random = new Random(1);
        for (var position = 0; position < count; position++)
        {
            var isFailed = IsFailed(position);
            yield return
            [
                batch, position, Guid.CreateVersion7(), $"scenario {position}", EnumWords.Of(isFailed ? ResultStatus.Failed : ResultStatus.Completed),
                .. Metric.All.Select(_ => isFailed || random.Next(10) == 0 ? null : (object?)(random.Next(-Values, Values) / 8.0)),
            ];
        }
    }

    private static bool IsFailed(int position) => position % 101 == 7;
}
