using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Asks before something that cannot be taken back. It takes the focus and gives it back; Escape means no.</summary>
public sealed partial class Question
{
    private readonly string _id = $"question-{Guid.NewGuid():N}";
    private ElementReference _first;

    /// <summary>The question, a sentence or two.</summary>
    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = default!;

    /// <summary>The words of the buttons say what they do.</summary>
    [Parameter, EditorRequired]
    public string Yes { get; set; } = "";

    [Parameter]
    public string? Other { get; set; }

    [Parameter, EditorRequired]
    public string No { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback OnYes { get; set; }

    [Parameter]
    public EventCallback OnOther { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnNo { get; set; }

    [Inject]
    private IJSRuntime JS { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await JS.InvokeVoidAsync("walltrackFocus.take", _first);
    }

    private async Task DeclineAsync()
    {
        await OnNo.InvokeAsync();
        await JS.InvokeVoidAsync("walltrackFocus.giveBack");
    }

    private Task PressAsync(KeyboardEventArgs press) => press.Key == "Escape" ? DeclineAsync() : Task.CompletedTask;
}
