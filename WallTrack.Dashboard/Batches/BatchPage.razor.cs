using Microsoft.AspNetCore.Components;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>One batch, live: how far it is, what can be done with it, its results. What the table shows is in the address.</summary>
public sealed partial class BatchPage
{
    private BatchSnapshot? _batch;
    private bool _isGone;
    private ResultView _view = new();
    private ResultView? _awaited; // what the address is about to say
    private (Guid Id, string?, string?, string?, string?, string?, string?) _asked;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    [SupplyParameterFromQuery]
    private string? Name { get; set; }

    [SupplyParameterFromQuery]
    private string? Status { get; set; }

    [SupplyParameterFromQuery]
    private string? Columns { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageNumber { get; set; }

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Id, Sort, Order, Name, Status, Columns, PageNumber);
        if (_asked == asked)
            return;
        var isAnother = _asked.Id != Id;
        _asked = asked;
        Take(ResultView.Of(Sort, Order, Name, Status, Columns, PageNumber), isAnother);
        if (!isAnother)
            return;
        (_batch, _isGone) = (null, false);
        var id = Id;
        var batch = await Task.Run(() => Runner.GetAsync(id));
        if (id == Id)
            (_batch, _isGone) = (_batch ?? batch, batch is null);
    }

    private void Show(BatchSnapshot batch)
    {
        if (batch.Id == Id)
            (_batch, _isGone) = (batch, false);
    }

    private void Leave() => _isGone = true;

    /// <summary>Rows that were taken away must not stay.</summary>
    private void ReadAgain() => _view = _view with { };

    /// <summary>Takes what the address says, unless it is an older one that passes by on the way to the latest.</summary>
    private void Take(ResultView view, bool isAnother)
    {
        if (!isAnother && _awaited is not null && view != _awaited)
            return;
        _awaited = null;
        _view = view == _view ? _view : view; // the same instance is not read again
    }

    /// <summary>The address follows a moment later; what is asked for until then builds on this.</summary>
    private void GoTo(ResultView view)
    {
        (_view, _awaited) = (view, view);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(view.ToQuery()), replace: true);
    }
}
