using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;
using WallTrack.Batches;
using WallTrack.Dashboard.Batches;
using WallTrack.Dashboard.CommandLine;
using WallTrack.Dashboard.Comparison;
using WallTrack.Dashboard.History;
using WallTrack.Dashboard.Live;
using WallTrack.Dashboard.Notifications;
using WallTrack.Dashboard.Scenarios;
using WallTrack.History;
using WallTrack.Notifications;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard;

/// <summary>Serves the dashboard until Ctrl+C.</summary>
internal static class Server
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    /// <param name="args">Settings: <c>--database CONNECTION</c>, and ASP.NET Core's own, such as <c>--urls http://127.0.0.1:5081</c>.</param>
    /// <returns>0 after an orderly end, 2 when the address is taken.</returns>
    /// <exception cref="RefusedException">The database cannot be opened.</exception>
    public static async Task<int> ServeAsync(string[] args, BatchOptions node, ProxyOptions proxy)
    {
        var app = await BuildAsync(args, node, proxy);
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync(
                $"Another program already listens there: {failure.Message} " +
                "End it, or choose a free port with --urls http://127.0.0.1:PORT.");
            await app.DisposeAsync();
            return 2;
        }

        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return 0;
    }

    private static async Task<WebApplication> BuildAsync(string[] args, BatchOptions node, ProxyOptions proxy)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // The program's own folder, not the operator's current one: that is where appsettings.json stands.
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Without this call the style sheets of a build that is not published are found in Development only.
        builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)))
            builder.WebHost.UseUrls(DefaultAddress);

        var database = await DatabaseOption.OpenAsync(builder.Configuration["database"], CancellationToken.None);
        AddServices(builder.Services, database, node);
        builder.Services.AddWallTrackNotifications(WebhookSettings.Of(builder.Configuration));
        AddFrontDoor(builder.Services, proxy);
        var app = builder.Build();
        await KeyStore.PrepareAsync(app.Services);
        MapPages(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, Database database, BatchOptions node)
    {
        services.AddWallTrack(database, node);
        services.AddSingleton<ImportRunner>().AddSingleton<CoverageReader>();
        services.AddSingleton<Uptime>();
        services.AddScoped<Outage>();
        services.AddDataProtection().SetApplicationName("WallTrack");
        services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, stored) => keys.XmlRepository = new KeyStore(stored));
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
    }

    /// <summary>Who may ask, and under which names.</summary>
    private static void AddFrontDoor(IServiceCollection services, ProxyOptions proxy)
    {
        // The dashboard has no sign-in: it belongs to whoever sits at this machine. A foreign page that points its own
        // host name at 127.0.0.1 (DNS rebinding) is refused here, because its name is not one of these.
        services.Configure<HostFilteringOptions>(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. proxy.Hosts];
            filter.AllowEmptyHosts = false;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var network in proxy.Proxies)
                forwarded.KnownIPNetworks.Add(network);
        });
    }

    private static void MapPages(WebApplication app)
    {
        app.Services.GetRequiredService<Uptime>(); // made now, because it counts from its making

        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.UseSecurityHeaders();
        app.UseAntiforgery();

        app.MapHealthChecks("/health");
        app.MapStaticAssets();
        app.MapRejectsDownload();
        app.MapScenarioExport();
        app.MapBatchDownload();
        app.MapCompareDownload();
        // Our own policy already says who may frame a page (nobody); Blazor need not add a second header.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuit =>
            circuit.ContentSecurityFrameAncestorsPolicy = null);
    }
}
