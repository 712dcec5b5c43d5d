using System.Collections.Concurrent;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WallTrack.Batches;
using WallTrack.Dashboard.History;
using WallTrack.Dashboard.Live;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Scenarios;
using WallTrack.Simulation;
using WallTrack.Storage;
using WallTrack.Tests.Batches;

namespace WallTrack.Tests.BatchPages;

/// <summary>A circuit over the real engine and a database of its own. Tests may hold scenarios in work, or let them fail.</summary>
internal sealed class BatchCircuit : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder;
    private readonly BatchHost _host;

    private BatchCircuit(BatchHost host, Gate gate, TemporaryFolder folder)
    {
        (_host, Gate, _folder) = (host, gate, folder);
        Bunit.Services.AddSingleton(TimeProvider.System).AddSingleton(_ => host.Get<Database>());
        Bunit.Services.AddScoped(_ => host.Runner).AddSingleton(_ => host.Results).AddSingleton(_ => host.Get<Bell>());
        Bunit.Services.AddSingleton(_ => host.Get<HistoryLibrary>()).AddSingleton(_ => host.Get<ScenarioCatalogue>());
        Bunit.Services.AddSingleton(_ => new CoverageReader(host.Get<HistoryLibrary>()));
        Bunit.Services.AddSingleton(_ => new ImportRunner(host.Get<HistoryImporter>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<ImportRunner>.Instance));
        Bunit.Services.AddScoped<Outage>();
        Bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public BunitContext Bunit { get; } = new();

    public Gate Gate { get; }

    public BatchRunner Runner => _host.Runner;

    public BatchResults Results => _host.Results;

    public Database Database => _host.Get<Database>();

    public Troubles Troubles => _host.Get<Troubles>();

    public ScenarioCatalogue Catalogue => _host.Get<ScenarioCatalogue>();

    /// <param name="history">Null: none.</param>
    public static async Task<BatchCircuit> CreateAsync(MadeUpHistoryOptions? history = null)
    {
        var folder = new TemporaryFolder();
        var database = await folder.NewDatabaseAsync();
        if (history is not null)
            await new HistoryImporter(database.CreateContextFactory(), database, TimeProvider.System).ImportMadeUpAsync(history);
        var gate = new Gate();
        var host = await BatchHost.StartAsync(database, BatchFaults.Simulating(gate.Pass));
        return new(host, gate, folder);
    }

    /// <summary>A batch of so many scenarios over the small history.</summary>
    public Task<Guid> StartAsync(int scenarios) => Runner.StartAsync(SmallSweep.Request(scenarios) with { Name = $"sweep of {scenarios}" });

    public Task<BatchSnapshot> EndOfAsync(Guid batch) => _host.EndOfAsync(batch);

    /// <summary>Whoever opens the database now is refused, until what this returns is disposed of.</summary>
    public IDisposable TakeDatabaseAway() => new AwayFolder(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await Bunit.DisposeAsync();
        await _host.DisposeAsync();
        Gate.Dispose();
        await _folder.DisposeAsync();
    }
}

internal sealed class AwayFolder : IDisposable
{
    private readonly string _path;

    public AwayFolder(string path)
    {
        _path = path;
        Directory.Move(_path, Elsewhere);
    }

    private string Elsewhere => _path + "-away";

    public void Dispose() => Directory.Move(Elsewhere, _path);
}

/// <summary>Where scenarios wait before they are simulated, as long as a test wants, and where some of them fail.</summary>
public sealed class Gate : IDisposable
{
    private readonly SemaphoreSlim _passes = new(0);
    private readonly ConcurrentDictionary<string, string> _faults = new();
    private volatile bool _isClosed;

    public void Dispose() => _passes.Dispose();

    public void Close() => _isClosed = true;

    /// <summary>Lets so many scenarios through.</summary>
    public void LetThrough(int scenarios) => _passes.Release(scenarios);

    public void Open()
    {
        _isClosed = false;
        _passes.Release(1_000_000);
    }

    public void Fail(string scenario, string reason) => _faults[scenario] = reason;

    public void FailNoMore() => _faults.Clear();

    internal Outcome Pass(SimulatorWorker worker, Scenario scenario, CancellationToken stop)
    {
        if (_isClosed)
            _passes.Wait(stop);
        if (_faults.TryGetValue(scenario.Name, out var reason))
            throw new InvalidOperationException(reason);
        return worker.Run(scenario, stop);
    }
}
