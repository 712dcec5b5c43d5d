using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Comparison;

namespace WallTrack.Dashboard.Comparison;

/// <summary>Finds results of a batch by name, to add them to a comparison.</summary>
public sealed partial class ScenarioPicker
{
    private const int MostFound = 8;
    private ResultPage? _page;
    private string _text = "";

    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    /// <summary>Ids of the results that are compared already.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<Guid> Shown { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback<ResultFigures> OnAdd { get; set; }

    [Inject]
    private BatchResults Results { get; set; } = default!;

    private bool IsFull => Shown.Count >= CompareView.MostScenarios;

    private async Task SearchAsync() =>
        _page = await Results.PageAsync(new(Batch.Id, Metric.TotalPnl.Name, Take: MostFound, Name: _text.Trim()));

    private string Found(ResultPage page) =>
        page.Count == 0 ? $"No result of the batch has “{_text.Trim()}” in its name."
        : IsFull ? $"{CompareView.MostScenarios} scenarios are shown; remove one to add another."
        : page.Count <= MostFound ? $"{page.Count} found, the most profitable first."
        : $"{page.Count:#,0} found; the {MostFound} most profitable of them.";
}
