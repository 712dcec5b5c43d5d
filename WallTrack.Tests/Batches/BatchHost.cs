using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Tests.Batches;

/// <summary>A process that runs batches, as the product sets it up; several may share a database.</summary>
internal sealed class BatchHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;

    private BatchHost(IHost host) => (_host, _scope) = (host, host.Services.CreateAsyncScope());

    public BatchRunner Runner => _scope.ServiceProvider.GetRequiredService<BatchRunner>();

    public BatchResults Results => Get<BatchResults>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<BatchHost> StartAsync(Database database, Action<IServiceCollection>? replace = null, BatchOptions? options = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddWallTrack(database, options);
        replace?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>Until the batch is over or cancelled.</summary>
    public async Task<BatchSnapshot> EndOfAsync(Guid batch)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var snapshot in Runner.WatchAsync(batch, patience.Token))
        {
            Assert.Equal(snapshot.Total, snapshot.Completed + snapshot.Failed + snapshot.Running + snapshot.Pending + snapshot.Cancelled);
            if (snapshot.IsOver || snapshot.Status == BatchStatus.Cancelled)
                return snapshot;
        }

        throw new InvalidOperationException("The batch is gone.");
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}

/// <summary>A small history and scenarios to run over it.</summary>
internal static class SmallSweep
{
    public static MadeUpHistoryOptions History { get; } = new() { Signals = 400, Tokens = 20, Days = 5, BarHours = 12, Seed = 11 };

    public static BatchRequest Request(int scenarios, int workers = 2) => new()
    {
        Scenarios = Scenarios(scenarios),
        From = History.Start,
        To = History.End,
        Workers = workers,
    };

    public static IReadOnlyList<Scenario> Scenarios(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Scenario.From(new()
        {
            Name = $"scenario {i}",
            ScoreThreshold = 0.40 + (i % 10 * 0.03),
            StopLoss = 0.2 + (i / 10 % 7 * 0.1),
            MaxHoldHours = 1 + (i / 70 % 50),
            MaxDailyTrades = 10 + (i / 3_500),
        })),
    ];
}
