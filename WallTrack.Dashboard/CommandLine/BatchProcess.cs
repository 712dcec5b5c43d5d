using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WallTrack.Batches;
using WallTrack.Comparison;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>The engine of batches without the dashboard, for as long as a verb needs it. It leaves other batches alone.</summary>
internal sealed class BatchProcess : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;

    private BatchProcess(IHost host) => (_host, _scope) = (host, host.Services.CreateAsyncScope());

    public BatchRunner Runner => _scope.ServiceProvider.GetRequiredService<BatchRunner>();

    public HistoryLibrary Library => _host.Services.GetRequiredService<HistoryLibrary>();

    public Neighbours Neighbours => _host.Services.GetRequiredService<Neighbours>();

    public BatchExport Export => _host.Services.GetRequiredService<BatchExport>();

    public static async Task<BatchProcess> StartAsync(Database database, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, VerbLifetime>();
        builder.Services.AddWallTrack(database, new() { Role = NodeRole.Verb });
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new(host);
    }

    /// <summary>
    /// Shows a batch until it is over or cancelled. The first Ctrl+C cancels it; the second is left to the system, which
    /// ends the process, and the batch can be resumed.
    /// </summary>
    public async Task<BatchSnapshot> WatchAsync(Screen screen, Guid batch)
    {
        var stops = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = Interlocked.Increment(ref stops) == 1;
            if (signal.Cancel)
                _ = Runner.CancelAsync(batch);
        });
        return await screen.WithBatchProgressAsync("Starting", async progress =>
        {
            await foreach (var snapshot in Runner.WatchAsync(batch))
            {
                progress.Show(snapshot);
                if (snapshot.IsOver || snapshot.Status == BatchStatus.Cancelled)
                    return snapshot;
            }

            throw new RefusedException("The batch was deleted while it ran.");
        });
    }

    /// <summary>The results with the highest P&amp;L, then those that failed.</summary>
    public async Task<IReadOnlyList<BacktestResult>> BestAsync(Guid batch, int most)
    {
        var results = _host.Services.GetRequiredService<BatchResults>();
        var page = await results.PageAsync(new(batch, Metric.TotalPnl.Name, Take: most));
        var byPosition = (await results.ListAsync(batch, [.. page.Results.Select(row => row.Position)])).ToDictionary(result => result.Position);
        return [.. page.Results.Select(row => byPosition[row.Position])];
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    /// <summary>Signals are the verb's own affair.</summary>
    private sealed class VerbLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
