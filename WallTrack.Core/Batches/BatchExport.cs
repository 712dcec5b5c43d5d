using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using WallTrack.Comparison;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>Writes a batch as a file, whatever has become of it: scenarios that were not run are in it as cancelled.</summary>
public sealed class BatchExport
{
    private readonly Database _database;
    private readonly BatchResults _results;
    private readonly BatchFeed _feed;

    internal BatchExport(Database database, BatchResults results, BatchFeed feed) => (_database, _results, _feed) = (database, results, feed);

    /// <summary>results.json; trades that were not kept are found again by replays.</summary>
    /// <returns>False when there is no such batch; nothing was written.</returns>
    public async Task<bool> WriteJsonAsync(Guid batch, Stream stream, CancellationToken cancellation = default)
    {
        if (await _feed.ReadAsync(batch, cancellation) is not { } snapshot)
            return false;
        var header = new ResultsHeader(batch, snapshot.Name, EnumWords.Of(snapshot.Status), snapshot.From, snapshot.To, snapshot.EngineVersion, snapshot.HistoryFingerprint);
        await ResultsJson.WriteAsync(stream, header, EntriesAsync(snapshot, cancellation), cancellation);
        return true;
    }

    /// <summary>A row a scenario: its place, id, name, status, error and every metric; undefined ones are empty.</summary>
    /// <inheritdoc cref="WriteJsonAsync"/>
    public async Task<bool> WriteCsvAsync(Guid batch, Stream stream, CancellationToken cancellation = default)
    {
        if (await _feed.ReadAsync(batch, cancellation) is not { } snapshot)
            return false;
        await using var csv = CsvWriter.Create(stream, new(), leaveOpen: true);
        await csv.WriteRecordAsync(["position", "scenario_id", "scenario_name", "status", "error", .. Metric.All.Select(metric => metric.Name)], cancellation);
        await foreach (var (position, member, result) in RowsAsync(snapshot, cancellation))
        {
            var metrics = result is null ? null : StoredMetrics.Of(result);
            await csv.WriteRecordAsync(
            [
                $"{position}", $"{member.ScenarioId}", member.Name, StatusOf(result), result?.Error ?? "",
                .. Metric.All.Select(metric => metrics is null ? "" : metric.Read(metrics)?.ToString("R", CultureInfo.InvariantCulture) ?? ""),
            ], cancellation);
        }

        return true;
    }

    private async IAsyncEnumerable<ResultsEntry> EntriesAsync(BatchSnapshot batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (_, member, result) in RowsAsync(batch, cancellation))
        {
            var series = result?.Status == ResultStatus.Completed ? (await _results.SeriesAsync(result, cancellation)).Series : null;
            yield return new(member.ScenarioId, member.Name, StatusOf(result), result?.Error, member.Parameters, result?.Metrics, result?.Skipped, series);
        }
    }

    private async IAsyncEnumerable<(int Position, Member Member, BacktestResult? Result)> RowsAsync(BatchSnapshot batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var members = new BatchMembers(_database, batch.Id);
        for (var first = 0; first < batch.Total; first += MemberChunk.Size)
        {
            var count = Math.Min(MemberChunk.Size, batch.Total - first);
            var results = (await _results.ListAsync(batch.Id, [.. Enumerable.Range(first, count)], cancellation)).ToDictionary(result => result.Position);
            foreach (var (place, member) in (await members.ReadAsync(first, count, cancellation)).Index())
                yield return (first + place, member, results.GetValueOrDefault(first + place));
        }
    }

    private static string StatusOf(BacktestResult? result) => result is null ? "cancelled" : EnumWords.Of(result.Status);
}
