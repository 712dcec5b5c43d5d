using System.Text.Json;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>What a batch of results says of itself.</summary>
public sealed record ResultsHeader(Guid BatchId, string Name, string Status);

/// <summary>Writes results.json. Every number reads back as the same 64-bit float.</summary>
public static class ResultsJson
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="outcomes">Null for a scenario that was not run.</param>
    public static void Write(Stream stream, ResultsHeader header, HistoryWindow window, IReadOnlyList<Scenario> scenarios, IReadOnlyList<Outcome?> outcomes)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(outcomes);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("batch_id", header.BatchId);
        json.WriteString("name", header.Name);
        json.WriteString("status", header.Status);
        json.WriteString("from", Instant.Text(window.From));
        json.WriteString("to", Instant.Text(window.To));
        json.WriteString("engine_version", Simulator.EngineVersion);
        json.WriteString("history_fingerprint", window.Fingerprint);
        json.WriteStartArray("results");
        for (var i = 0; i < scenarios.Count; i++)
        {
            WriteResult(json, window, scenarios[i], outcomes[i]);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, HistoryWindow window, Scenario scenario, Outcome? outcome)
    {
        json.WriteStartObject();
        json.WriteString("scenario_id", scenario.Id);
        json.WriteString("scenario_name", scenario.Name);
        json.WriteString("status", outcome is null ? "cancelled" : outcome.Replay is null ? "failed" : "completed");
        json.WriteString("error", outcome?.Error);
        json.WritePropertyName("parameters");
        ScenarioJson.Write(json, scenario);
        json.WritePropertyName("metrics");
        JsonSerializer.Serialize(json, outcome?.Replay?.Metrics, SnakeCase);
        json.WritePropertyName("skipped");
        JsonSerializer.Serialize(json, outcome?.Replay?.Skipped, SnakeCase);
        json.WriteStartArray("trades");
        if (outcome?.Replay is { } replay)
        {
            foreach (ref readonly var trade in replay.Trades.Trades.AsSpan())
            {
                WriteTrade(json, window.Signals, in trade, replay.Trades.FillsOf(in trade));
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("equity");
        for (var point = 0; point < (outcome?.Replay?.Equity.Length ?? 0); point++)
        {
            json.WriteStartArray();
            json.WriteStringValue(Instant.Text(window.Grid.TimeAt(point)));
            json.WriteNumberValue(outcome!.Replay!.Equity[point]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTrade(Utf8JsonWriter json, SignalColumns signals, in Trade trade, ReadOnlySpan<Fill> fills)
    {
        json.WriteStartObject();
        json.WriteString("signal_id", signals.Ids[trade.Signal]);
        json.WriteString("token_address", signals.TokenAddresses[signals.Tokens[trade.Signal]]);
        json.WriteString("wallet_address", signals.WalletAddresses[signals.Wallets[trade.Signal]]);
        json.WriteNumber("score", trade.Score);
        json.WriteString("entry_time", Text(trade.EntryTime));
        json.WriteNumber("raw_price", trade.RawPrice);
        json.WriteNumber("entry_price", trade.EntryPrice);
        json.WriteNumber("size_sol", trade.SizeSol);
        json.WriteNumber("quantity", trade.Quantity);
        json.WriteString("exit_time", Text(trade.ExitTime));
        json.WriteNumber("pnl_sol", trade.PnlSol);
        json.WriteNumber("fees_sol", trade.FeesSol);
        json.WriteStartArray("fills");
        foreach (ref readonly var fill in fills)
        {
            json.WriteStartObject();
            json.WriteString("time", Text(fill.Time));
            json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(fill.Reason.ToString()));
            json.WriteNumber("quantity", fill.Quantity);
            json.WriteNumber("price", fill.Price);
            json.WriteNumber("proceeds_sol", fill.ProceedsSol);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(long ticks) => Instant.Text(new(ticks, DateTimeKind.Utc));
}
