using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>
/// One scenario as a form: a stored one to edit, a preset to look at, or a new one, which may start as a copy. Nothing is
/// stored before the operator saves; what another operator saved meanwhile is never overwritten unasked.
/// </summary>
public sealed partial class ScenarioEditorPage
{
    private LeaveGuard _guard = default!;
    private ScenarioForm? _form;
    private ScenarioDraft _draft = new(); // what the form started with
    private FormReading _reading = default!;
    private FormComparison? _comparison;
    private IReadOnlyList<Scenario> _all = [];
    private IReadOnlyList<string> _knownTags = [];
    private (Guid? Id, Guid? From)? _loaded;
    private Scenario? _stored; // null while it is new
    private Scenario? _theirs; // saved by somebody else, and chosen to compare with
    private SaveOutcome? _refused;
    private int _version;
    private bool _isMissing;
    private bool _isSaving;
    private bool _isNameQuiet; // an empty name is no reproach before anybody had the chance to type it
    private bool _isAskingToDelete;
    private bool _isFaultToFocus;
    private string? _justSaved;
    private string? _failure;
    private string? _saveFailure;

    /// <summary>Null: a new scenario.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The new scenario starts as a copy of this one.</summary>
    [SupplyParameterFromQuery]
    private Guid? From { get; set; }

    /// <summary>The scenario to compare with.</summary>
    [SupplyParameterFromQuery]
    private Guid? Compare { get; set; }

    [Inject]
    private ScenarioCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private IJSRuntime JS { get; set; } = default!;

    [Inject]
    private ILogger<ScenarioEditorPage> Log { get; set; } = default!;

    private bool IsReadOnly => _stored is not null && Presets.Find(_stored.Id) is not null;

    private bool IsChanged => _form?.IsChanged == true;

    private string Title => _stored?.Name ?? (Id is null ? "New scenario" : "Scenario");

    private string? SameName => IsReadOnly ? null : _all.FirstOrDefault(other => other.Id != _reading.Draft.Id && other.Name.Equals(_reading.Draft.Name.Trim(), StringComparison.OrdinalIgnoreCase))?.Name;

    private string StateText => IsReadOnly ? "A preset cannot be changed."
        : _isSaving ? "Saving…"
        : _justSaved is not null && !IsChanged ? _justSaved
        : _reading.Faults.Count > 0 && !_isNameQuiet ? (_reading.Faults.Count == 1 ? "1 field needs attention" : $"{_reading.Faults.Count} fields need attention")
        : IsChanged ? "Not saved yet"
        : "";

    private string ComparisonText => _comparison!.Count switch
    {
        0 => $"Decides the same as {_comparison.OtherName}.",
        1 => $"1 difference from {_comparison.OtherName}. It is marked with ≠ and the other's value.",
        _ => $"{_comparison.Count} differences from {_comparison.OtherName}. They are marked with ≠ and the other's value.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != (Id, From))
            await LoadAsync();
        else if (_form is not null)
            ReadForm();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isFaultToFocus)
            return;
        _isFaultToFocus = false; // after the rendering that marks it
        await JS.InvokeVoidAsync("walltrackFocus.first", "[aria-invalid=true]");
    }

    private async Task LoadAsync()
    {
        _loaded = (Id, From);
        (_form, _stored, _theirs, _refused, _failure, _saveFailure, _justSaved) = (null, null, null, null, null, null, null);
        (_isMissing, _isAskingToDelete) = (false, false);
        try
        {
            _all = await Catalogue.ListAsync();
            _knownTags = [.. _all.SelectMany(scenario => scenario.Tags).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
            if ((Id ?? From) is not { } wanted)
                Show(new() { Id = NewId() }, 0);
            else if (await Catalogue.OpenAsync(wanted) is not { } opened)
                _isMissing = true;
            else if (Id is null)
                Show(ScenarioCopy.Of(opened.Scenario, NewId(), _all), 0);
            else
                Take(opened);
        }
        catch (Exception failure) when (failure is DbException or InvalidDataException && !Database.IsPassing(failure))
        {
            Log.LogError(failure, "Scenarios cannot be read");
            _failure = failure.Message;
        }
    }

    private void Take(StoredScenario opened)
    {
        _stored = opened.Scenario;
        Show(opened.Scenario.ToDraft(), opened.Version);
    }

    private void Show(ScenarioDraft draft, int version)
    {
        (_draft, _form, _version, _isNameQuiet) = (draft, new(draft), version, draft.Name.Length == 0);
        ReadForm();
    }

    private void ReadForm()
    {
        _reading = _form!.Read();
        _isNameQuiet &= _form.Name.Length == 0;
        _comparison = (_theirs ?? _all.FirstOrDefault(other => other.Id == Compare && other.Id != Id)) is { } chosen
            ? new(chosen, _reading, _theirs is null ? null : "what the other operator saved")
            : null;
    }

    private bool IsNothingToSave => _isSaving || (_stored is not null && !IsChanged && _refused is null);

    private Task SaveIfChangedAsync() => IsNothingToSave ? Task.CompletedTask : SaveAsync();

    private async Task<bool> SaveAsync()
    {
        _isNameQuiet = false;
        ReadForm();
        if (!_reading.IsScenario)
        {
            _isFaultToFocus = true;
            return false;
        }

        (_isSaving, _saveFailure, _refused) = (true, null, null);
        try
        {
            var outcome = await Catalogue.SaveAsync(Scenario.From(_reading.Draft), _version);
            if (outcome.Status == SaveStatus.Saved)
                Saved(outcome.Stored!);
            else
                _refused = outcome;
            return _refused is null;
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException)
        {
            Log.LogError(failure, "Scenario {Name} cannot be saved", _form!.Name);
            _saveFailure = $"It could not be saved: {(failure.InnerException ?? failure).Message} What you typed is still here.";
            return false;
        }
        finally
        {
            _isSaving = false;
        }
    }

    private void Saved(StoredScenario saved)
    {
        var isNew = Id is null;
        (_stored, _draft, _version, _theirs) = (saved.Scenario, saved.Scenario.ToDraft(), saved.Version, null);
        _form!.Keep();
        ReadForm();
        _justSaved = "✓ Saved";
        if (!isNew)
            return;
        _loaded = (saved.Scenario.Id, null); // the address changes, the form stays
        Navigation.NavigateTo(Compare is { } other ? ScenarioAddress.Compare(saved.Scenario.Id, other) : ScenarioAddress.Of(saved.Scenario.Id), replace: true);
    }

    private void DiscardChanges()
    {
        (_refused, _saveFailure, _theirs) = (null, null, null);
        Show(_draft, _version);
    }

    private void CompareWithTheirs()
    {
        _theirs = _refused!.Stored!.Scenario;
        ReadForm();
    }

    /// <summary>Asked for: what the other operator saved, or deleted, gives way to what is in this form.</summary>
    private Task<bool> SaveOverAsync()
    {
        _version = _refused!.Stored?.Version ?? 0;
        return SaveAsync();
    }

    private void TakeTheirs()
    {
        var theirs = _refused!.Stored!;
        (_refused, _theirs) = (null, null);
        Take(theirs);
    }

    private async Task DeleteAsync()
    {
        try
        {
            await Catalogue.DeleteAsync([_stored!.Id]);
        }
        catch (DbException failure)
        {
            Log.LogError(failure, "Scenario {Name} cannot be deleted", _stored!.Name);
            (_saveFailure, _isAskingToDelete) = ($"It could not be deleted: {failure.Message}", false);
            return;
        }

        _guard.LeaveFor(ScenarioAddress.List);
    }

    private void ChooseOther(ChangeEventArgs change)
    {
        _theirs = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("compare", Guid.TryParse((string?)change.Value, out var other) ? other : (Guid?)null), replace: true);
    }

    private Guid NewId() => Guid.CreateVersion7(Time.GetUtcNow());
}
