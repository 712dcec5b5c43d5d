using Microsoft.AspNetCore.Components;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>One number of a scenario: its label with the unit, its input, and what is wrong or different beside it.</summary>
public sealed partial class NumberInput
{
    private IReadOnlyList<string> _sentences = [];

    [Parameter, EditorRequired]
    public NumberField Field { get; set; } = default!;

    /// <summary>As it was typed.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback<string> OnText { get; set; }

    [Parameter]
    public IEnumerable<string> Faults { get; set; } = [];

    /// <summary>The element that says what is wrong with this and other fields together.</summary>
    [Parameter]
    public string? SharedFaultId { get; set; }

    /// <summary>What the scenario compared with has, where that differs.</summary>
    [Parameter]
    public string? Other { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>The number must still be legal, but nothing asks for it now.</summary>
    [Parameter]
    public bool IsUnused { get; set; }

    private string Id => Field.Name;

    private string Label => FieldText.UnitOf(Field.Unit) is { Length: > 0 } unit ? $"{Field.Label}, {unit}" : Field.Label;

    private string? DescribedBy
    {
        get
        {
            var ids = new List<string>();
            if (FieldGroup.HintOf(Field) is not null)
                ids.Add($"{Id}-hint");
            if (Other is not null)
                ids.Add($"{Id}-other");
            if (_sentences.Count > 0)
                ids.Add($"{Id}-fault");
            if (SharedFaultId is not null)
                ids.Add(SharedFaultId);
            return ids.Count == 0 ? null : string.Join(' ', ids);
        }
    }

    // The inputs of this form are bound, not just listened to: only then does the renderer know what the browser already
    // shows, and does not write an older text over one that is being typed.
    private Task SetAsync(string? text) => OnText.InvokeAsync(text ?? "");

    protected override void OnParametersSet() => _sentences = [.. Faults];
}
