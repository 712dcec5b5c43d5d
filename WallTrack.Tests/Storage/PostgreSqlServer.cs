using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using WallTrack.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace WallTrack.Tests.Storage;

/// <summary>
/// A PostgreSQL server of the tests' own: made when the first test asks for it, on a free port and in a temporary
/// folder, and gone with the tests. Each test gets a database of its own.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly Lazy<Task> _started;
    private DirectoryInfo? _folder;
    private int _port;
    private int _databases;

    public PostgreSqlServer() => _started = new(StartAsync); // once: when it fails, it fails every test that needs it, with the same words

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        NpgsqlConnection.ClearAllPools();
        if (_started.Value.IsCompletedSuccessfully)
            await RunAsync("pg_ctl", "stop", "--pgdata", Data, "--mode", "immediate");
        _folder?.Delete(recursive: true);
    }

    /// <summary>The connection string of a database that does not exist yet.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _started.Value;
        return $"Host=127.0.0.1;Port={_port};Username=walltrack;Database=test{Interlocked.Increment(ref _databases)}";
    }

    /// <summary>Only for a server that a test has to itself.</summary>
    /// <param name="mode">As pg_ctl names it: fast says good-bye to clients, immediate is a crash.</param>
    public Task StopAsync(string mode) => RunAsync("pg_ctl", "stop", "--pgdata", Data, "--mode", mode);

    public Task StartAgainAsync() => StartServerAsync();

    private string Data => Path.Combine(_folder!.FullName, "data");

    private async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("walltrack-postgresql-");
        if (Environment.UserName == "root")
            await ExecuteAsync("chown", "postgres", _folder.FullName); // the server refuses root
        await RunAsync("initdb", "--pgdata", Data, "--username", "walltrack", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        _port = FreePort();
        await StartServerAsync();
    }

    private Task StartServerAsync() =>
        RunAsync("pg_ctl", "start", "--pgdata", Data, "--wait", "--log", Path.Combine(_folder!.FullName, "log"),
            "--options", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder.FullName} -c fsync=off -c max_connections=200 -c shared_buffers=256MB");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var path = Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin", program)).Last(File.Exists);
        if (Environment.UserName == "root")
            await ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            await ExecuteAsync(path, arguments);
    }

    private static async Task ExecuteAsync(string program, params string[] arguments)
    {
        // Output to a file: a server that inherits a pipe would keep it open for as long as it lives.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program }, WorkingDirectory = "/" };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
