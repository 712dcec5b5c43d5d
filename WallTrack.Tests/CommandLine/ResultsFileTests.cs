using System.Text.Json;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Tests.CommandLine;

/// <summary>results.json as the format describes it, and every number of it against the simulator, bit for bit.</summary>
public sealed class ResultsFileTests
{
    // The fields of the format's description, level by level.
    private static readonly string[] TopFields = ["batch_id", "name", "status", "from", "to", "engine_version", "history_fingerprint", "results"];

    private static readonly string[] ResultFields =
        ["scenario_id", "scenario_name", "status", "error", "parameters", "metrics", "skipped", "trades", "equity"];

    private static readonly string[] MetricFields =
    [
        "signals_processed", "signals_traded", "total_trades", "winning_trades", "losing_trades", "win_rate",
        "total_pnl_sol", "total_return", "average_win_sol", "average_loss_sol", "largest_win_sol", "largest_loss_sol",
        "gross_profit_sol", "gross_loss_sol", "profit_factor", "expectancy_sol", "max_drawdown", "max_drawdown_hours",
        "sharpe_ratio", "sortino_ratio", "calmar_ratio", "average_hold_hours", "exposure", "fees_sol",
    ];

    private static readonly string[] SkipFields = ["below_threshold", "filtered", "daily_limit", "already_holding", "max_positions", "no_price", "insufficient_capital"];

    private static readonly string[] TradeFields =
        ["signal_id", "token_address", "wallet_address", "score", "entry_time", "raw_price", "entry_price", "size_sol", "quantity", "exit_time", "pnl_sol", "fees_sol", "fills"];

    private static readonly string[] FillFields = ["time", "reason", "quantity", "price", "proceeds_sol"];

    private static readonly string[] FillReasons = ["stop_loss", "trailing_stop", "moonbag_stop", "take_profit", "max_hold", "window_end", "data_end"];

    [Fact]
    public async Task It_has_the_documented_shape_and_the_numbers_of_the_simulator()
    {
        using var files = new RunFiles();
        Assert.Equal(0, (await WallTrackProcess.RunAsync(files.Arguments)).ExitCode);
        using var document = JsonDocument.Parse(File.ReadAllText(files.Output));
        var root = document.RootElement;
        var window = files.Window();

        HasFields(TopFields, root);
        Assert.NotEqual(Guid.Empty, root.GetProperty("batch_id").GetGuid());
        Assert.Equal(("completed", RunFiles.From, RunFiles.To), (Text(root, "status"), Text(root, "from"), Text(root, "to")));
        Assert.Equal((Simulator.EngineVersion, window.Fingerprint), (Text(root, "engine_version"), Text(root, "history_fingerprint")));
        Assert.Equal(Presets.All.Length, root.GetProperty("results").GetArrayLength());

        var (simulator, trades) = (new Simulator(window), 0);
        foreach (var (preset, result) in Presets.All.Zip(root.GetProperty("results").EnumerateArray()))
        {
            Result(window, preset, simulator.CreateWorker().Run(preset).Replay!, result);
            trades += result.GetProperty("trades").GetArrayLength();
        }

        Assert.True(trades > 10, "a comparison of nothing would prove nothing");
    }

    private static void Result(HistoryWindow window, Scenario scenario, Replay replay, JsonElement result)
    {
        HasFields(ResultFields, result);
        Assert.Equal((scenario.Id, scenario.Name, "completed"), (result.GetProperty("scenario_id").GetGuid(), Text(result, "scenario_name"), Text(result, "status")));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("error").ValueKind);
        Assert.Equal(ScenarioJson.Write(scenario), ScenarioJson.Write(Assert.Single(ScenarioJson.Read(result.GetProperty("parameters").GetRawText())).Scenario!));
        Numbers(MetricFields, replay.Metrics, result.GetProperty("metrics"));
        Numbers(SkipFields, replay.Skipped, result.GetProperty("skipped"));

        Assert.Equal(replay.Trades.Count, result.GetProperty("trades").GetArrayLength());
        foreach (var (trade, json) in replay.Trades.Trades.Zip(result.GetProperty("trades").EnumerateArray()))
            Trade(window.Signals, trade, replay.Trades.FillsOf(in trade), json);

        var equity = result.GetProperty("equity").EnumerateArray().Select(point => (Time: point[0].GetString()!, Sol: point[1].GetDouble())).ToArray();
        Assert.Equal(["2026-07-01T00:00:00Z", "2026-07-01T01:00:00Z", "2026-07-01T02:00:00Z"], equity.Select(point => point.Time));
        Assert.Equal(replay.Equity.Select(Bits), equity.Select(point => Bits(point.Sol)));
    }

    private static void Trade(SignalColumns signals, Trade trade, ReadOnlySpan<Fill> fills, JsonElement json)
    {
        HasFields(TradeFields, json);
        Assert.Equal(signals.Ids[trade.Signal], json.GetProperty("signal_id").GetGuid());
        Assert.Equal(
            (signals.TokenAddresses[signals.Tokens[trade.Signal]], signals.WalletAddresses[signals.Wallets[trade.Signal]]),
            (Text(json, "token_address"), Text(json, "wallet_address")));
        Assert.Equal((Instant.Text(new(trade.EntryTime, DateTimeKind.Utc)), Instant.Text(new(trade.ExitTime, DateTimeKind.Utc))), (Text(json, "entry_time"), Text(json, "exit_time")));
        SameBits(trade.Score, json, "score");
        SameBits(trade.RawPrice, json, "raw_price");
        SameBits(trade.EntryPrice, json, "entry_price");
        SameBits(trade.SizeSol, json, "size_sol");
        SameBits(trade.Quantity, json, "quantity");
        SameBits(trade.PnlSol, json, "pnl_sol");
        SameBits(trade.FeesSol, json, "fees_sol");

        Assert.Equal(fills.Length, json.GetProperty("fills").GetArrayLength());
        for (var i = 0; i < fills.Length; i++)
        {
            var fill = json.GetProperty("fills")[i];
            HasFields(FillFields, fill);
            Assert.Equal(Instant.Text(new(fills[i].Time, DateTimeKind.Utc)), Text(fill, "time"));
            Assert.Contains(Text(fill, "reason"), FillReasons);
            Assert.Equal(fills[i].Reason.ToString(), Text(fill, "reason").Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            SameBits(fills[i].Quantity, fill, "quantity");
            SameBits(fills[i].Price, fill, "price");
            SameBits(fills[i].ProceedsSol, fill, "proceeds_sol");
        }
    }

    /// <summary>Each field against the property of the same name.</summary>
    private static void Numbers(string[] fields, object expected, JsonElement actual)
    {
        HasFields(fields, actual);
        foreach (var field in fields)
        {
            var property = expected.GetType().GetProperty(field.Replace("_", "", StringComparison.Ordinal),
                System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)!;
            if (property.GetValue(expected) is { } value)
                SameBits(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), actual, field);
            else
                Assert.Equal(JsonValueKind.Null, actual.GetProperty(field).ValueKind);
        }
    }

    private static void HasFields(string[] fields, JsonElement json) =>
        Assert.Equal(fields.Order(StringComparer.Ordinal), json.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    private static void SameBits(double expected, JsonElement json, string field) => Assert.Equal(Bits(expected), Bits(json.GetProperty(field).GetDouble()));

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;
}
