using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Takes a file of scenarios, all of them or none: first it says what would happen, or what is wrong.</summary>
public sealed partial class ScenarioImport
{
    /// <summary>Bytes; some ten thousand scenarios.</summary>
    public const long LargestFile = 20_000_000;

    private const int MostSentences = 500; // a file of another kind may have a fault in every byte
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private IReadOnlyList<Scenario> _scenarios = [];
    private IReadOnlyList<ScenarioEntry> _faults = [];
    private ImportOutcome? _preview;
    private string _fileName = "";
    private string? _refusal;
    private bool _isReading;
    private string _faultsText = "";

    [Parameter, EditorRequired]
    public EventCallback<ImportOutcome> OnImported { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private ScenarioCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private ILogger<ScenarioImport> Log { get; set; } = default!;

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        (_preview, _faults, _refusal, _fileName, _isReading) = (null, [], null, change.File.Name, true);
        try
        {
            if (change.File.Size > LargestFile)
                _refusal = $"{_fileName} has {change.File.Size:#,0} bytes; at most {LargestFile:#,0} can be imported at once.";
            else
                await LookAsync(await TextOf(change.File));
        }
        catch (ScenarioFileException exception)
        {
            _refusal = $"{_fileName}: {exception.Message}";
        }
        catch (DecoderFallbackException)
        {
            _refusal = $"{_fileName} is not a text in UTF-8.";
        }
        catch (Exception failure) when (failure is DbException or IOException or InvalidDataException)
        {
            Log.LogError(failure, "The scenarios of {File} cannot be compared with the stored ones", _fileName);
            _refusal = $"{_fileName} could not be read: {failure.Message}";
        }

        _isReading = false;
    }

    private async Task LookAsync(string json)
    {
        var entries = await Task.Run(() => ScenarioJson.Read(json));
        var faulty = entries.Where(entry => entry.Faults.Count > 0).ToList();
        if (faulty.Count == 0)
        {
            _scenarios = [.. entries.Select(entry => entry.Scenario!)];
            _preview = await Catalogue.PreviewImportAsync(_scenarios);
            return;
        }

        var faults = faulty.Sum(entry => entry.Faults.Count);
        _faults = [.. FirstOf(faulty, MostSentences)];
        _faultsText = $"{_fileName} has {(faults == 1 ? "1 fault" : $"{faults:#,0} faults")}, in {faulty.Count:#,0} of its {(entries.Count == 1 ? "1 scenario" : $"{entries.Count:#,0} scenarios")}.{(faults > MostSentences ? $" The first {MostSentences} are shown." : "")}";
    }

    private static IEnumerable<ScenarioEntry> FirstOf(IEnumerable<ScenarioEntry> entries, int sentences)
    {
        foreach (var entry in entries)
        {
            yield return entry with { Faults = [.. entry.Faults.Take(sentences)] };
            sentences -= entry.Faults.Count;
            if (sentences <= 0)
                yield break;
        }
    }

    private async Task ImportAsync()
    {
        _isReading = true;
        try
        {
            await OnImported.InvokeAsync(await Catalogue.ImportAsync(_scenarios));
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException)
        {
            Log.LogError(failure, "The scenarios of {File} cannot be stored", _fileName);
            _refusal = $"Nothing was imported: {(failure.InnerException ?? failure).Message}";
        }

        _isReading = false;
    }

    private static async Task<string> TextOf(IBrowserFile file)
    {
        await using var stream = file.OpenReadStream(LargestFile);
        using var reader = new StreamReader(stream, Strict);
        return await reader.ReadToEndAsync();
    }

    private static string Names(IReadOnlyList<Scenario> scenarios) =>
        string.Join(", ", scenarios.Take(10).Select(scenario => scenario.Name)) + (scenarios.Count > 10 ? $" and {scenarios.Count - 10:#,0} more" : "");
}
