using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Dashboard.Scenarios;
using WallTrack.Scenarios;
using WallTrack.Storage;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.ScenariosPage;

/// <summary>A circuit over a catalogue of its own, which goes away with it.</summary>
internal sealed class ScenariosCircuit : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private ScenariosCircuit(Database database, TemporaryFolder folder)
    {
        (_folder, Database) = (folder, database);
        Bunit.Services.AddSingleton<TimeProvider>(new FakeTime()).AddWallTrackStorage(database).AddWallTrackScenarios();
        Bunit.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public BunitContext Bunit { get; } = new();

    public Database Database { get; }

    public ScenarioCatalogue Catalogue => Bunit.Services.GetRequiredService<ScenarioCatalogue>();

    public NavigationManager Navigation => Bunit.Services.GetRequiredService<NavigationManager>();

    public static async Task<ScenariosCircuit> CreateAsync(params string[] stored)
    {
        var folder = new TemporaryFolder();
        var database = await folder.NewDatabaseAsync();
        var circuit = new ScenariosCircuit(database, folder);
        foreach (var name in stored)
            await circuit.StoreAsync(name);
        return circuit;
    }

    public async Task<Scenario> StoreAsync(string name, Action<ScenarioDraft>? decide = null)
    {
        var draft = new ScenarioDraft { Id = Guid.NewGuid(), Name = name };
        decide?.Invoke(draft);
        return (await Catalogue.SaveAsync(Scenario.From(draft))).Stored!.Scenario;
    }

    /// <summary>What another operator does meanwhile.</summary>
    public async Task ChangeAsync(Guid id, Action<ScenarioDraft> change)
    {
        var stored = (await Catalogue.OpenAsync(id))!;
        var draft = stored.Scenario.ToDraft();
        change(draft);
        Assert.Equal(SaveStatus.Saved, (await Catalogue.SaveAsync(Scenario.From(draft), stored.Version)).Status);
    }

    /// <summary>The editor at an address such as <c>/scenarios/new?from=…</c>.</summary>
    public IRenderedComponent<ScenarioEditorPage> Edit(string address)
    {
        Navigation.NavigateTo(address);
        var last = new Uri(Navigation.Uri).Segments[^1];
        return Bunit.Render<ScenarioEditorPage>(parameters => parameters.Add(page => page.Id, Guid.TryParse(last, out var id) ? id : null));
    }

    public async ValueTask DisposeAsync()
    {
        await Bunit.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
