using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WallTrack.Storage;

namespace WallTrack.Dashboard.Live;

/// <summary>
/// Stands in for a page that could not be read because the database is away, and puts the page back, made anew from its
/// address, once the database answers. Any other failure goes on to the circuit.
/// </summary>
public sealed partial class DatabaseBoundary : ErrorBoundaryBase, IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);
    private ITimer? _nextTry;
    private string? _address;

    [Inject]
    private Database Database { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    public void Dispose() => _nextTry?.Dispose();

    protected override Task OnErrorAsync(Exception exception)
    {
        if (!Database.IsPassing(exception))
            ExceptionDispatchInfo.Throw(exception);
        if (RendererInfo.IsInteractive)
        {
            _nextTry ??= Time.CreateTimer(_ => _ = InvokeAsync(TryAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _nextTry.Change(BetweenTries, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    /// <summary>Another page may fare better.</summary>
    protected override void OnParametersSet()
    {
        if (_address != Navigation.Uri && CurrentException is not null)
            Recover();
        _address = Navigation.Uri;
    }

    private async Task TryAsync()
    {
        if (CurrentException is null)
            return;
        if (await Task.Run(() => Database.AnswersAsync()))
            Recover();
        else
            _nextTry?.Change(BetweenTries, Timeout.InfiniteTimeSpan);
    }
}
