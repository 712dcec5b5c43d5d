using WallTrack.Batches;
using WallTrack.Dashboard.CommandLine;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Storage;

namespace WallTrack.Dashboard;

/// <summary>Works on every batch of a database until it is told to end, and serves nothing.</summary>
internal static class Worker
{
    /// <param name="args">Settings: <c>--database CONNECTION</c>, and the host's own, such as <c>--Logging:LogLevel:Default=Debug</c>.</param>
    /// <exception cref="RefusedException">The database cannot be opened.</exception>
    public static async Task<int> RunAsync(string[] args, BatchOptions options)
    {
        // The program's own folder, not the operator's current one: that is where appsettings.json stands.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var database = await DatabaseOption.OpenAsync(builder.Configuration["database"], CancellationToken.None);
        builder.Services.AddWallTrack(database, options);
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Error.WriteLineAsync($"{options.NodeName} works on the batches of {database.Name}. Ctrl+C hands back what it holds, and ends it.");
        await host.WaitForShutdownAsync();
        return ExitCode.Done;
    }
}
