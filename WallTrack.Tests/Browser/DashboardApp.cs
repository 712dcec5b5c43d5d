using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using WallTrack.Batches;
using WallTrack.Tests.BatchPages;

namespace WallTrack.Tests.Browser;

/// <summary>The real program on a free port of 127.0.0.1, as an operator would run it, but with keys that leave no file and a database that goes away.</summary>
public sealed class DashboardApp : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder _folder = new();
    private readonly Gate? _gate;
    private readonly string? _database;

    /// <param name="gate">Where scenarios wait or fail as a test wants; null: nowhere.</param>
    /// <param name="database">A connection string; null: a SQLite file of its own.</param>
    public DashboardApp(Gate? gate = null, string? database = null)
    {
        (_gate, _database) = (gate, database);
        UseKestrel(port: 0);
        StartServer();
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("database", _database ?? $"Data Source={_folder.At("walltrack.db")}");
        builder.ConfigureTestServices(services =>
        {
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            if (_gate is not null)
                services.AddSingleton<Simulate>(_gate.Pass);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
