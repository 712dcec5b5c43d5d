using System.Globalization;
using WallTrack.Batches;
using WallTrack.Dashboard.History;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Batches;

/// <summary>A batch as it is being put together. Nothing in it need be complete.</summary>
public sealed class NewBatchDraft
{
    private readonly HashSet<Guid> _chosen = [];
    private string? _name;

    /// <summary>Of the catalogue, in its order.</summary>
    public IReadOnlyList<Scenario> Catalogue { get; set; } = [];

    /// <summary>As an earlier batch ran them; they are not in the catalogue.</summary>
    public IReadOnlyList<Scenario> Others { get; set; } = [];

    /// <summary>UTC, included; null when none is given.</summary>
    public DateTime? From { get; set; }

    /// <summary>UTC, excluded; null when none is given.</summary>
    public DateTime? To { get; set; }

    public int? Workers { get; set; } = new BatchRequest { From = default, To = default }.Workers;

    /// <summary>One price for the whole window, in place of SOL's own bars.</summary>
    public bool HasOneSolPrice { get; set; }

    public double? SolUsd { get; set; }

    /// <summary>The operator's, or one that says what and when; empty while it is being written over.</summary>
    public string Name
    {
        get => _name ?? Suggestion;
        set => _name = value == Suggestion ? null : value ?? "";
    }

    public int Count => _chosen.Count + Others.Count;

    /// <summary>Days from start to end; null while that is not a window.</summary>
    public double? Days => From < To ? (To - From)?.TotalDays : null;

    public bool IsChosen(Scenario scenario) => _chosen.Contains(scenario.Id);

    public void Choose(IEnumerable<Scenario> scenarios, bool isChosen)
    {
        foreach (var scenario in scenarios)
            _ = isChosen ? _chosen.Add(scenario.Id) : _chosen.Remove(scenario.Id);
    }

    public void Choose(DaySpan days) => (From, To) = (days.From, days.To);

    /// <summary>A sentence for the first thing that is missing or wrong, or null.</summary>
    public string? Fault(bool hasHistory) =>
        !hasHistory ? "The history is empty: import signals and bars, or load the demo history."
        : From is null || To is null ? "Give the start and the end of the window."
        : Workers is null ? $"Give the number of workers, 1 to {BatchRequest.MostWorkers}."
        : HasOneSolPrice && SolUsd is null ? "Give the SOL price."
        : Request.Fault;

    /// <summary>Only where <see cref="Fault"/> has nothing to say.</summary>
    public BatchRequest Request => new()
    {
        Name = Name,
        ScenarioIds = [.. Chosen.Select(scenario => scenario.Id)],
        Scenarios = Others,
        From = From ?? default,
        To = To ?? default,
        Workers = Workers ?? 0,
        SolUsd = HasOneSolPrice ? SolUsd : null,
    };

    /// <summary>In an input's words: ISO 8601, UTC when it does not say.</summary>
    public static DateTime? InstantOf(string? text) => Instant.TryParse(text, out var instant) ? instant : null;

    /// <summary>As an input of date and time takes it.</summary>
    public static string? TextOf(DateTime? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private IEnumerable<Scenario> Chosen => Catalogue.Where(IsChosen);

    private string Suggestion => $"{What}{(From is { } from && To is { } to ? $", {BatchFigures.Window(from, to)}" : "")}";

    private string What => Count == 1 ? Chosen.Concat(Others).First().Name
        : Count > 1 && Others.Count == 0 && Chosen.All(scenario => scenario.IsPreset) ? (Count == Presets.All.Length ? "All presets" : $"{Count} presets")
        : BatchFigures.Scenarios(Count);
}
