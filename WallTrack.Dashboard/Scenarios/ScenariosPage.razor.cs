using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>All scenarios at hand. What is filtered, and the page of the table, is in the address.</summary>
public sealed partial class ScenariosPage
{
    private const int RowsAPage = 100;
    private const int NamedAtMost = 3;
    private readonly HashSet<Guid> _selected = [];
    private IReadOnlyList<Scenario>? _all;
    private ImmutableArray<Scenario> _shown = [];
    private IReadOnlyList<Scenario> _page = [];
    private IReadOnlyList<Scenario>? _asked;
    private bool _isImporting;
    private string? _done;
    private string? _failure;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private string? Category { get; set; }

    [SupplyParameterFromQuery]
    private string? Tag { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    [Inject]
    private ScenarioCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ILogger<ScenariosPage> Log { get; set; } = default!;

    private ScenarioFilter Filter => ScenarioFilter.Of(Search, Category, Tag);

    private int Pages => Math.Max(1, (_shown.Length + RowsAPage - 1) / RowsAPage);

    private int PageNumber => Math.Clamp(Page ?? 1, 1, Pages);

    private IReadOnlyList<Scenario> Deletable => [.. (_all ?? []).Where(scenario => _selected.Contains(scenario.Id) && Presets.Find(scenario.Id) is null)];

    private string ExportText => Filter == ScenarioFilter.None ? "Export all" : $"Export {_shown.Length:#,0} shown";

    private string CountText => _selected.Count > 0 ? $"{_selected.Count:#,0} selected"
        : _shown.Length == _all!.Count ? CountOf(_all.Count)
        : $"{_shown.Length:#,0} of {CountOf(_all.Count)}";

    private string CompareAddress => ScenarioAddress.Compare(_all!.First(scenario => _selected.Contains(scenario.Id)).Id, _all!.Last(scenario => _selected.Contains(scenario.Id)).Id);

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override void OnParametersSet() => Apply();

    private async Task ReadAsync()
    {
        _failure = null;
        try
        {
            _all = await Catalogue.ListAsync();
            _selected.IntersectWith(_all.Select(scenario => scenario.Id)); // another operator may have deleted some
        }
        catch (Exception failure) when (failure is DbException or InvalidDataException && !Database.IsPassing(failure))
        {
            Log.LogError(failure, "Scenarios cannot be read");
            _failure = $"The scenarios cannot be read: {failure.Message}";
        }

        Apply();
    }

    private void Apply()
    {
        _shown = Filter.Of(_all ?? []);
        _page = [.. _shown.Skip((PageNumber - 1) * RowsAPage).Take(RowsAPage)];
    }

    private void Show(ScenarioFilter filter) => Navigation.NavigateTo(filter.AddressOf(ScenarioAddress.List), replace: true);

    private void ShowPage(int page) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("page", page == 1 ? (int?)null : page));

    private async Task ImportedAsync(ImportOutcome outcome)
    {
        (_isImporting, _done) = (false, $"Imported: {ImportWords.Of(outcome)}.");
        await ReadAsync();
    }

    private async Task DeleteAsync()
    {
        var (asked, _) = (_asked!, _asked = null);
        try
        {
            await Catalogue.DeleteAsync([.. asked.Select(scenario => scenario.Id)]);
            _done = $"Deleted {NamesOf(asked)}.";
        }
        catch (DbException failure)
        {
            Log.LogError(failure, "Scenarios cannot be deleted");
            _failure = $"Nothing was deleted: {failure.Message}";
            return;
        }

        await ReadAsync();
    }

    private static string CountOf(int count) => count == 1 ? "1 scenario" : $"{count:#,0} scenarios";

    private static string NamesOf(IReadOnlyList<Scenario> scenarios) => scenarios.Count <= NamedAtMost
        ? string.Join(", ", scenarios.Select(scenario => $"“{scenario.Name}”"))
        : $"{string.Join(", ", scenarios.Take(NamedAtMost - 1).Select(scenario => $"“{scenario.Name}”"))} and {scenarios.Count - NamedAtMost + 1:#,0} more";
}
