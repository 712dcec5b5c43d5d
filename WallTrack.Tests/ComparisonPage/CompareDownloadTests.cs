using System.Text;
using System.Text.Json;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.Dashboard.Batches;
using WallTrack.Dashboard.Comparison;
using WallTrack.Tests.Batches;
using WallTrack.Tests.ResultPages;

namespace WallTrack.Tests.ComparisonPage;

public sealed class CompareDownloadTests
{
    [Fact]
    public async Task The_files_hold_what_the_page_shows()
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var results = await circuit.RunAsync(SmallSweep.Request(3) with { Name = "sweep" });
        var view = new CompareView { Batch = results[0].BatchId, Results = [ResultKey.At(2), ResultKey.At(0)], Baseline = ResultKey.At(0) };
        var compared = await circuit.ReadAsync(view);
        var table = compared.Table(view);

        var lines = (await TextAsync(stream => CompareDownload.WriteCsvAsync(view, compared, stream))).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r').Split(',')).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal(8 + (2 * Metric.All.Length), lines[0].Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Equal([$"{results[2].Id}", $"{results[0].Id}"], lines.Skip(1).Select(line => line[0]));
        Assert.Equal(StoredMetrics.Of(results[2])!.TotalPnlSol, double.Parse(lines[1][8], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("", lines[2][^1]); // the baseline differs from nothing

        using var json = JsonDocument.Parse(await TextAsync(stream => CompareDownload.WriteJsonAsync(view, compared, stream)));
        Assert.Equal(results[0].Id, json.RootElement.GetProperty("baseline").GetGuid());
        Assert.Equal(0.3, json.RootElement.GetProperty("weights").GetProperty("total_pnl_sol").GetDouble());
        foreach (var (place, scenario) in json.RootElement.GetProperty("scenarios").EnumerateArray().Index())
        {
            Assert.Equal(table.Standings[place]!.Value.Rank, scenario.GetProperty("rank").GetInt32());
            Assert.Equal(compared.Scenarios[place].Metrics!.TotalPnlSol, scenario.GetProperty("metrics").GetProperty("total_pnl_sol").GetProperty("value").GetDouble());
            Assert.Equal(compared.Scenarios[place].Result.ScenarioName, scenario.GetProperty("parameters").GetProperty("name").GetString());
        }
    }

    [Theory]
    [InlineData("All presets", "All-presets")]
    [InlineData("a/b\\c: \"d\"\r\n", "a-b-c-d")]
    [InlineData("…", null)]
    public async Task A_batch_gives_its_file_a_harmless_name(string name, string? expected)
    {
        await using var circuit = await BacktestCircuit.CreateAsync();
        var result = (await circuit.RunAsync(SmallSweep.Request(1) with { Name = name }))[0];
        var batch = (await circuit.ReadAsync(new() { Batch = result.BatchId })).Batch!;

        Assert.Equal(expected ?? $"{batch.Id}", BatchDownload.FileNameOf(batch));
    }

    private static async Task<string> TextAsync(Func<Stream, Task> write)
    {
        using var stream = new MemoryStream();
        await write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
