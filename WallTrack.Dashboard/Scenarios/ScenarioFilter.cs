using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Which scenarios are listed, as the address says it; null asks nothing.</summary>
/// <param name="Search">Words that all occur in the name, the description or a tag.</param>
public sealed record ScenarioFilter(string? Search, ScenarioCategory? Category, string? Tag)
{
    public static ScenarioFilter None { get; } = new(null, null, null);

    public static ScenarioFilter Of(string? search, string? category, string? tag) => new(
        string.IsNullOrWhiteSpace(search) ? null : search,
        Enum.TryParse<ScenarioCategory>(category, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        string.IsNullOrEmpty(tag) ? null : tag);

    /// <summary>The path with this filter behind it.</summary>
    public string AddressOf(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["q"] = Search,
        ["category"] = Category is { } category ? ScenarioWords.Category(category) : null,
        ["tag"] = Tag,
    }.Where(part => part.Value is not null));

    public ImmutableArray<Scenario> Of(IEnumerable<Scenario> scenarios)
    {
        var words = Search?.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. scenarios.Where(scenario => (Category is null || scenario.Category == Category) && (Tag is null || scenario.Tags.Contains(Tag)) && words.All(word => Says(scenario, word)))];
    }

    private static bool Says(Scenario scenario, string word) =>
        scenario.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || scenario.Description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || scenario.Tags.Any(tag => tag.Contains(word, StringComparison.OrdinalIgnoreCase));
}
