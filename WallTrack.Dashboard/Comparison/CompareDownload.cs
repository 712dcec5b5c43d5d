using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Backtests;

namespace WallTrack.Dashboard.Comparison;

/// <summary>A comparison as a file: under the address of the page, a row a scenario.</summary>
internal static class CompareDownload
{
    private const string FileName = "comparison";

    public static string AddressOf(NavigationManager navigation, CompareView view, string format) =>
        navigation.GetUriWithQueryParameters(navigation.ToAbsoluteUri($"{ComparePage.Path}/export.{format}").ToString(), view.Parameters);

    public static void MapCompareDownload(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/compare/export.csv", (HttpRequest request, BatchResults results, BatchRunner batches, CancellationToken cancellation) =>
            SendAsync(request, results, batches, "text/csv; charset=utf-8", "csv", WriteCsvAsync, cancellation));
        routes.MapGet("/compare/export.json", (HttpRequest request, BatchResults results, BatchRunner batches, CancellationToken cancellation) =>
            SendAsync(request, results, batches, "application/json", "json", WriteJsonAsync, cancellation));
    }

    private static async Task<IResult> SendAsync(HttpRequest request, BatchResults results, BatchRunner batches, string mediaType, string format, Func<CompareView, ComparedScenarios, Stream, Task> write, CancellationToken cancellation)
    {
        var view = CompareView.Of(name => request.Query[name]);
        var compared = await ComparedScenarios.ReadAsync(view, results, batches, cancellation);
        return compared.Scenarios.IsEmpty ? Results.NotFound()
            : compared.Refusal is { } refusal ? Results.Text(refusal, statusCode: StatusCodes.Status409Conflict)
            : Results.Stream(stream => write(view, compared, stream), mediaType, $"{FileName}.{format}");
    }

    /// <summary>Undefined figures are empty. With a baseline, differences from it come after the figures.</summary>
    internal static async Task WriteCsvAsync(CompareView view, ComparedScenarios compared, Stream stream)
    {
        var table = compared.Table(view);
        var hasBaseline = compared.PlaceOf(view.Baseline) is not null;
        await using var csv = CsvWriter.Create(stream, new(), leaveOpen: true);
        await csv.WriteRecordAsync(
        [
            "result_id", "batch_id", "batch_name", "scenario_id", "scenario_name", "status", "rank", "score",
            .. Metric.All.Select(metric => metric.Name), .. hasBaseline ? Metric.All.Select(metric => $"{metric.Name}_difference") : [],
        ]);
        foreach (var (place, scenario) in compared.Scenarios.Index())
        {
            var cells = table.Rows.Select(row => row.Cells[place]).ToList();
            await csv.WriteRecordAsync(
            [
                $"{scenario.Result.Id}", $"{scenario.Batch.Id}", scenario.Batch.Name, $"{scenario.Result.ScenarioId}", scenario.Result.ScenarioName,
                TradeQuery.Word(scenario.Result.Status), Text(table.Standings[place]?.Rank), Text(table.Standings[place]?.Score),
                .. cells.Select(cell => Text(cell.Value)), .. hasBaseline ? cells.Select(cell => Text(cell.Difference)) : [],
            ]);
        }
    }

    internal static async Task WriteJsonAsync(CompareView view, ComparedScenarios compared, Stream stream)
    {
        var table = compared.Table(view);
        var batch = compared.Scenarios[0].Batch;
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("from", Instant.Text(batch.From));
        json.WriteString("to", Instant.Text(batch.To));
        json.WriteString("engine_version", batch.EngineVersion);
        json.WriteString("history_fingerprint", batch.HistoryFingerprint);
        json.WriteStartObject("weights");
        foreach (var (metric, weight) in view.Weights.Items)
            json.WriteNumber(metric.Name, weight);
        json.WriteEndObject();
        json.WriteString("baseline", compared.PlaceOf(view.Baseline) is { } baseline ? $"{compared.Scenarios[baseline].Result.Id}" : null);
        json.WriteStartArray("scenarios");
        for (var place = 0; place < compared.Scenarios.Length; place++)
            WriteScenario(json, compared.Scenarios[place], table, place);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScenario(Utf8JsonWriter json, ComparedScenario scenario, ComparisonTable table, int place)
    {
        json.WriteStartObject();
        json.WriteString("result_id", scenario.Result.Id);
        json.WriteString("batch_id", scenario.Batch.Id);
        json.WriteString("batch_name", scenario.Batch.Name);
        json.WriteString("scenario_id", scenario.Result.ScenarioId);
        json.WriteString("scenario_name", scenario.Result.ScenarioName);
        json.WriteString("status", TradeQuery.Word(scenario.Result.Status));
        json.WriteString("error", scenario.Result.Error);
        Write(json, "rank", table.Standings[place]?.Rank);
        Write(json, "score", table.Standings[place]?.Score);
        json.WriteStartObject("metrics");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject(row.Metric.Name);
            Write(json, "value", row.Cells[place].Value);
            Write(json, "rank", row.Cells[place].Rank);
            Write(json, "difference", row.Cells[place].Difference);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WritePropertyName("parameters");
        using var parameters = JsonDocument.Parse(scenario.Result.Parameters ?? "null");
        parameters.RootElement.WriteTo(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
