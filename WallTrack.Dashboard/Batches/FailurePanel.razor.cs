using Microsoft.AspNetCore.Components;
using WallTrack.Batches;
using WallTrack.Dashboard.Live;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Batches;

/// <summary>Which scenarios of a batch failed, when and why.</summary>
public sealed partial class FailurePanel : IDisposable
{
    private const int RowsAPage = 10;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(500);
    private IReadOnlyList<BacktestResult> _failures = [];
    private int _count;
    private int _page = 1;
    private (Guid Id, int Failed) _seen;
    private Pace? _pace;

    [Parameter, EditorRequired]
    public BatchSnapshot Batch { get; set; } = default!;

    /// <summary>A failed result was taken away, so that its scenario runs again.</summary>
    [Parameter]
    public EventCallback OnRetried { get; set; }

    [Inject]
    private BatchResults Results { get; set; } = default!;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    public void Dispose() => _pace?.Dispose();

    protected override void OnParametersSet()
    {
        if (!RendererInfo.IsInteractive || _seen == (Batch.Id, Batch.Failed))
            return;
        _seen = (Batch.Id, Batch.Failed);
        _pace ??= new(Time, BetweenReads, () => InvokeAsync(UpdateAsync));
        _pace.Ring();
    }

    /// <summary>Another may fail, or the same again, before the counts are seen to change.</summary>
    private Task RetriedAsync(int count)
    {
        _pace!.Ring();
        return OnRetried.InvokeAsync();
    }

    private void Show(int page)
    {
        _page = page;
        _pace!.Ring();
    }

    private async Task UpdateAsync()
    {
        try
        {
            var page = Math.Clamp(_page, 1, Math.Max(1, (Batch.Failed + RowsAPage - 1) / RowsAPage));
            (_page, _failures, _count) = (page, await Task.Run(() => ReadAsync(page)), Batch.Failed);
            StateHasChanged();
        }
        catch (Exception failure) when (Database.IsPassing(failure))
        {
            _pace!.Ring(); // the banner says that the database is away
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task<IReadOnlyList<BacktestResult>> ReadAsync(int page)
    {
        var failed = await Results.PageAsync(new(Batch.Id, Skip: (page - 1) * RowsAPage, Take: RowsAPage, Status: ResultStatus.Failed));
        return failed.Count == 0 ? [] : await Results.ListAsync(Batch.Id, [.. failed.Results.Select(figures => figures.Position)]);
    }
}
