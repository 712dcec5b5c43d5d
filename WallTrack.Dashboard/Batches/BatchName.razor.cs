using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WallTrack.Batches;

namespace WallTrack.Dashboard.Batches;

/// <summary>The batch's name as the page's heading, which can be written over.</summary>
public sealed partial class BatchName
{
    private string? _draft; // null while nobody writes
    private bool _wantsFocus;
    private ElementReference _input;
    private ElementReference _rename;

    [Parameter, EditorRequired]
    public Guid Batch { get; set; }

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Inject]
    private BatchRunner Runner { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wantsFocus)
            return;
        _wantsFocus = false;
        await (_draft is null ? _rename : _input).FocusAsync();
    }

    private void Begin() => (_draft, _wantsFocus) = (Name, true);

    private void End() => (_draft, _wantsFocus) = (null, true);

    private async Task SaveAsync()
    {
        var name = _draft ?? "";
        if (await Task.Run(() => Runner.RenameAsync(Batch, name)))
            Name = name.Trim(); // the watch says the same a moment later
        End();
    }

    private void Escape(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            End();
    }
}
