using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Asks before a page with unsaved changes is left, by a link as by closing the tab.</summary>
public sealed partial class LeaveGuard
{
    private string? _leavingFor;
    private bool _isFree;

    /// <summary>Asked at the moment of leaving: a save may have ended just before, and nothing been rendered since.</summary>
    [Parameter, EditorRequired]
    public Func<bool> IsChanged { get; set; } = default!;

    /// <summary>True when it was saved.</summary>
    [Parameter, EditorRequired]
    public Func<Task<bool>> Save { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Leaves without asking: the operator has said so already.</summary>
    public void LeaveFor(string address)
    {
        _isFree = true;
        Navigation.NavigateTo(address);
        _isFree = false; // the same guard may stand on the next page
    }

    private void AskBeforeLeaving(LocationChangingContext context)
    {
        var target = Navigation.ToAbsoluteUri(context.TargetLocation);
        if (_isFree || !IsChanged() || target.AbsolutePath == new Uri(Navigation.Uri).AbsolutePath)
            return;
        context.PreventNavigation();
        _leavingFor = target.ToString();
        StateHasChanged();
    }

    private void Leave()
    {
        var target = _leavingFor!;
        _leavingFor = null;
        LeaveFor(target);
    }

    private async Task SaveAndLeaveAsync()
    {
        var target = _leavingFor!;
        _leavingFor = null;
        if (await Save())
            LeaveFor(target);
    }
}
