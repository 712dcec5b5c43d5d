using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Tags as a row of words; Enter, a comma or leaving the input adds what was typed.</summary>
public sealed partial class TagInput
{
    private string _text = "";

    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired]
    public IList<string> Tags { get; set; } = [];

    /// <summary>Tags in use elsewhere, to choose from.</summary>
    [Parameter]
    public IReadOnlyList<string> Known { get; set; } = [];

    [Parameter]
    public string? Other { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private string? OtherId => Other is null ? null : "tag-other";

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        if (_text.Contains(',', StringComparison.Ordinal))
            await AddTypedAsync();
    }

    private Task PressAsync(KeyboardEventArgs press) => press.Key == "Enter" ? AddTypedAsync() : Task.CompletedTask;

    private async Task AddTypedAsync()
    {
        var typed = _text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(tag => !Tags.Contains(tag)).Distinct().ToList();
        _text = "";
        if (typed.Count == 0)
            return;
        foreach (var tag in typed)
            Tags.Add(tag);
        await OnChange.InvokeAsync();
    }

    private Task RemoveAsync(string tag)
    {
        Tags.Remove(tag);
        return OnChange.InvokeAsync();
    }
}
