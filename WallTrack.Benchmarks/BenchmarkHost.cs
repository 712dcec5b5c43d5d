using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Batches;
using WallTrack.Storage;

namespace WallTrack.Benchmarks;

/// <summary>A process that runs batches, as the product sets it up.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;

    private BenchmarkHost(IHost host) => (_host, _scope) = (host, host.Services.CreateAsyncScope());

    public BatchRunner Runner => _scope.ServiceProvider.GetRequiredService<BatchRunner>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<BenchmarkHost> StartAsync(Database database, BatchOptions? options = null, Simulate? simulate = null)
    {
        var host = NotStarted(database, options, simulate);
        await host._host.StartAsync();
        return host;
    }

    /// <summary>Its services only: nothing is worked on.</summary>
    public static BenchmarkHost NotStarted(Database database, BatchOptions? options = null, Simulate? simulate = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddWallTrack(database, options);
        if (simulate is not null)
            builder.Services.AddSingleton(simulate);
        return new(builder.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
