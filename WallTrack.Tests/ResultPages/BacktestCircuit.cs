using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.Dashboard.Comparison;
using WallTrack.History;
using WallTrack.Storage;
using WallTrack.Tests.Batches;

namespace WallTrack.Tests.ResultPages;

/// <summary>A circuit over batches that the real engine ran over a small history, in a database of its own.</summary>
internal sealed class BacktestCircuit : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder;
    private readonly Database _database;
    private readonly BatchHost _host;

    private BacktestCircuit(BatchHost host, Database database, TemporaryFolder folder)
    {
        (_host, _database, _folder) = (host, database, folder);
        Bunit.Services.AddSingleton(TimeProvider.System).AddScoped(_ => host.Runner).AddSingleton(_ => host.Results).AddSingleton(database);
        Bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public BunitContext Bunit { get; } = new();

    public BatchResults Results => _host.Results;

    public string Address
    {
        get => Bunit.Services.GetRequiredService<NavigationManager>().Uri;
        set => Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo(value);
    }

    public static async Task<BacktestCircuit> CreateAsync()
    {
        var folder = new TemporaryFolder();
        var database = await folder.NewDatabaseAsync();
        await ImportAsync(database, SmallSweep.History);
        return new(await BatchHost.StartAsync(database), database, folder);
    }

    /// <returns>Its results, in its order.</returns>
    public async Task<IReadOnlyList<BacktestResult>> RunAsync(BatchRequest request)
    {
        var batch = await _host.Runner.StartAsync(request);
        await _host.EndOfAsync(batch);
        return await Results.AllAsync(batch).ToListAsync();
    }

    public Task<ComparedScenarios> ReadAsync(CompareView view) => ComparedScenarios.ReadAsync(view, Results, _host.Runner, CancellationToken.None);

    /// <summary>As a batch that is too large leaves them.</summary>
    public async Task ForgetSeriesAsync()
    {
        await using var context = _database.CreateContextFactory().CreateDbContext();
        await context.Set<BacktestResult>().ExecuteUpdateAsync(set => set.SetProperty(result => result.SeriesId, (Guid?)null).SetProperty(result => result.SeriesPlace, (int?)null));
        await context.Set<StoredSeries>().ExecuteDeleteAsync();
    }

    /// <summary>More signals into the same days.</summary>
    public Task ChangeHistoryAsync() => ImportAsync(_database, SmallSweep.History with { Seed = 12 });

    public async ValueTask DisposeAsync()
    {
        await Bunit.DisposeAsync();
        await _host.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private static Task<ImportRecord> ImportAsync(Database database, MadeUpHistoryOptions history) =>
        new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System).ImportMadeUpAsync(history);
}
