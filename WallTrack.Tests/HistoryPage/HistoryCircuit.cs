using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.History;
using WallTrack.History;
using WallTrack.Storage;

namespace WallTrack.Tests.HistoryPage;

/// <summary>A circuit over an empty database of its own, which goes away with it.</summary>
internal sealed class HistoryCircuit : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private HistoryCircuit(Database database, TemporaryFolder folder)
    {
        _folder = folder;
        Bunit.Services.AddSingleton(TimeProvider.System).AddWallTrackStorage(database).AddWallTrackHistory();
        Bunit.Services.AddSingleton<ImportRunner>().AddSingleton<CoverageReader>();
        Bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public BunitContext Bunit { get; } = new();

    public ImportRunner Runner => Bunit.Services.GetRequiredService<ImportRunner>();

    public ImportLog Log => Bunit.Services.GetRequiredService<ImportLog>();

    public static async Task<HistoryCircuit> CreateAsync()
    {
        var folder = new TemporaryFolder();
        var database = await folder.NewDatabaseAsync();
        return new(database, folder);
    }

    /// <summary>Returns when the import that runs has ended.</summary>
    public async Task<ImportOutcome> EndOfImportAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Runner.Snapshot.Running is null)
                ended.TrySetResult();
        }

        Runner.Changed += Look;
        Look();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), Xunit.TestContext.Current.CancellationToken);
        Runner.Changed -= Look;
        return Runner.Snapshot.Last!;
    }

    public async ValueTask DisposeAsync()
    {
        await Bunit.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
