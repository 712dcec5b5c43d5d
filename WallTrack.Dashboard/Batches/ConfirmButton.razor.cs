using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace WallTrack.Dashboard.Batches;

/// <summary>A button that asks once, in its own place, before it acts.</summary>
public sealed partial class ConfirmButton
{
    private bool _isAsking;
    private bool _wantsFocus;
    private ElementReference _yes;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>For whoever does not see what stands around the button; null: the label says all.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>What will happen, and what is kept.</summary>
    [Parameter, EditorRequired]
    public string Question { get; set; } = "";

    [Parameter, EditorRequired]
    public string Yes { get; set; } = "";

    [Parameter, EditorRequired]
    public string No { get; set; } = "";

    [Parameter]
    public bool IsEnabled { get; set; } = true;

    [Parameter, EditorRequired]
    public EventCallback OnYes { get; set; }

    protected override void OnParametersSet() => _isAsking &= IsEnabled;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wantsFocus)
            return;
        _wantsFocus = false;
        await _yes.FocusAsync();
    }

    private void Ask() => (_isAsking, _wantsFocus) = (true, true);

    private Task SayYes()
    {
        _isAsking = false;
        return OnYes.InvokeAsync();
    }

    private void Escape(KeyboardEventArgs key) => _isAsking &= key.Key != "Escape";
}
