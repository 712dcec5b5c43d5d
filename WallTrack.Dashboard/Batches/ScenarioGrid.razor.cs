using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Batches;

/// <summary>The catalogue, to choose from: presets first.</summary>
public sealed partial class ScenarioGrid
{
    private string _search = "";
    private ScenarioCategory? _category;
    private (IReadOnlyList<Scenario>, string, ScenarioCategory?)? _asked;
    private List<Scenario> _shown = [];

    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired]
    public NewBatchDraft Draft { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    /// <summary>What the search and the category leave.</summary>
    private List<Scenario> Shown
    {
        get
        {
            if (_asked != (Draft.Catalogue, _search, _category))
            {
                _asked = (Draft.Catalogue, _search, _category);
                _shown = [.. Draft.Catalogue.Where(Matches)];
            }

            return _shown;
        }
    }

    private bool Matches(Scenario scenario) =>
        (_category is null || scenario.Category == _category)
        && (_search.Trim() is not { Length: > 0 } text
            || scenario.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || scenario.Tags.Any(tag => tag.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private Task ChooseAsync(IEnumerable<Scenario> scenarios, bool isChosen)
    {
        Draft.Choose(scenarios, isChosen);
        return OnChange.InvokeAsync();
    }

    private Task LeaveOthersAsync()
    {
        Draft.Others = [];
        return OnChange.InvokeAsync();
    }

    private static string IdOf(Scenario scenario) => $"choose-{scenario.Id}";

    private static string Percent(double fraction) => $"{fraction * 100:0.#} %";
}
