using System.Text.Json;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;

namespace WallTrack.Batches;

/// <summary>What results.json says of a batch as a whole.</summary>
public sealed record ResultsHeader(Guid BatchId, string Name, string Status, DateTime From, DateTime To, string EngineVersion, string HistoryFingerprint);

/// <summary>What results.json says of one scenario.</summary>
/// <param name="Status">completed, failed, or cancelled when it was not run.</param>
/// <param name="Parameters">JSON; null when there was no such scenario.</param>
/// <param name="Metrics">JSON; null when there are none.</param>
/// <param name="Skipped">JSON; null when there are none.</param>
/// <param name="Series">Null when there is none.</param>
public sealed record ResultsEntry(Guid ScenarioId, string ScenarioName, string Status, string? Error, string? Parameters, string? Metrics, string? Skipped, ResultSeries? Series)
{
    /// <param name="outcome">Null for a scenario that was not run.</param>
    public static ResultsEntry Of(Scenario scenario, Outcome? outcome, HistoryWindow window)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var replay = outcome?.Replay;
        return new(scenario.Id, scenario.Name, outcome is null ? "cancelled" : EnumWords.Of(replay is null ? ResultStatus.Failed : ResultStatus.Completed), outcome?.Error,
            ScenarioJson.WriteCompact(scenario), replay is null ? null : StoredMetrics.Json(replay.Metrics), replay is null ? null : StoredMetrics.Json(replay.Skipped),
            replay is null ? null : ResultSeries.Of(replay, window));
    }
}

/// <summary>Writes results.json. Every number reads back as the same 64-bit float.</summary>
public static class ResultsJson
{
    private const int BufferBytes = 1 << 20;

    public static async Task WriteAsync(Stream stream, ResultsHeader header, IAsyncEnumerable<ResultsEntry> entries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(entries);
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        var grid = new HourGrid(header.From, header.To);
        json.WriteStartObject();
        json.WriteString("batch_id", header.BatchId);
        json.WriteString("name", header.Name);
        json.WriteString("status", header.Status);
        json.WriteString("from", Instant.Text(header.From));
        json.WriteString("to", Instant.Text(header.To));
        json.WriteString("engine_version", header.EngineVersion);
        json.WriteString("history_fingerprint", header.HistoryFingerprint);
        json.WriteStartArray("results");
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            WriteEntry(json, grid, entry);
            if (json.BytesPending > BufferBytes)
                await json.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, HourGrid grid, ResultsEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("scenario_id", entry.ScenarioId);
        json.WriteString("scenario_name", entry.ScenarioName);
        json.WriteString("status", entry.Status);
        json.WriteString("error", entry.Error);
        WriteJson(json, "parameters", entry.Parameters);
        WriteJson(json, "metrics", entry.Metrics);
        WriteJson(json, "skipped", entry.Skipped);
        json.WriteStartArray("trades");
        foreach (var trade in entry.Series?.Trades ?? [])
            WriteTrade(json, trade);
        json.WriteEndArray();
        json.WriteStartArray("equity");
        for (var point = 0; point < (entry.Series?.Equity.Length ?? 0); point++)
        {
            json.WriteStartArray();
            json.WriteStringValue(Instant.Text(grid.TimeAt(point)));
            json.WriteNumberValue(entry.Series!.Equity[point]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Parsed and written anew, so that it is indented like the rest; numbers keep their text.</summary>
    private static void WriteJson(Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        using var document = JsonDocument.Parse(text ?? "null");
        document.RootElement.WriteTo(json);
    }

    private static void WriteTrade(Utf8JsonWriter json, StoredTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("signal_id", trade.SignalId);
        json.WriteString("token_address", trade.TokenAddress);
        json.WriteString("wallet_address", trade.WalletAddress);
        json.WriteNumber("score", trade.Score);
        json.WriteString("entry_time", Instant.Text(trade.EntryTime));
        json.WriteNumber("raw_price", trade.RawPrice);
        json.WriteNumber("entry_price", trade.EntryPrice);
        json.WriteNumber("size_sol", trade.SizeSol);
        json.WriteNumber("quantity", trade.Quantity);
        json.WriteString("exit_time", Instant.Text(trade.ExitTime));
        json.WriteNumber("pnl_sol", trade.PnlSol);
        json.WriteNumber("fees_sol", trade.FeesSol);
        json.WriteStartArray("fills");
        foreach (var fill in trade.Fills)
        {
            json.WriteStartObject();
            json.WriteString("time", Instant.Text(new(fill.Time, DateTimeKind.Utc)));
            json.WriteString("reason", EnumWords.Of(fill.Reason));
            json.WriteNumber("quantity", fill.Quantity);
            json.WriteNumber("price", fill.Price);
            json.WriteNumber("proceeds_sol", fill.ProceedsSol);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
