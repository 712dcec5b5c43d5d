using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>The filter as controls. What is typed shows at once; the address follows.</summary>
public sealed partial class ScenarioFilterBar
{
    private readonly Queue<string> _sent = [];
    private string _given = "";
    private string _search = "";

    [Parameter, EditorRequired]
    public ScenarioFilter Filter { get; set; } = ScenarioFilter.None;

    /// <summary>All there are: categories and tags are counted over them.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Scenario> Scenarios { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback<ScenarioFilter> OnChange { get; set; }

    private IEnumerable<(string Tag, int Count)> Tags => Scenarios.SelectMany(scenario => scenario.Tags.Distinct())
        .Append(Filter.Tag).OfType<string>()
        .CountBy(tag => tag).OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase)
        .Select(tag => (tag.Key, tag.Value - (tag.Key == Filter.Tag ? 1 : 0)));

    protected override void OnParametersSet()
    {
        var search = Filter.Search ?? "";
        if (search == _given)
            return;
        _given = search;

        // The address comes back a moment after it was asked for, and meanwhile more may have been typed: an echo must not
        // overwrite it. What was not asked for here (a link, the browser's back button) counts.
        while (_sent.TryDequeue(out var sent))
        {
            if (sent == search)
                return;
        }

        _search = search;
    }

    private Task SearchAsync(string? text)
    {
        _search = text ?? "";
        var filter = Filter with { Search = string.IsNullOrWhiteSpace(_search) ? null : _search };
        _sent.Enqueue(filter.Search ?? "");
        return OnChange.InvokeAsync(filter);
    }

    private Task ClearAsync()
    {
        _sent.Clear();
        _search = "";
        return OnChange.InvokeAsync(ScenarioFilter.None);
    }

    private static string? TextOf(ChangeEventArgs change) => change.Value is string { Length: > 0 } text ? text : null;

    private static ScenarioCategory? CategoryOf(ChangeEventArgs change) => TextOf(change) is { } text ? Enum.Parse<ScenarioCategory>(text) : null;
}
