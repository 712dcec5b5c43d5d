using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using WallTrack.Tests.Storage;

namespace WallTrack.Tests.CommandLine;

/// <summary>Roles, names and the nodes verb, as separate processes.</summary>
public sealed class NodesTests(PostgreSqlServer server)
{
    [Fact]
    public async Task The_verb_shows_workers_that_live_and_one_that_was_killed()
    {
        var database = await server.NewDatabaseAsync();
        using var worker = WallTrackProcess.Start(["--role", "worker", "--database", database, "--node-name", "rack-1"], awaited: "rack-1 works on the batches of");
        await worker.SaidAsync();
        using var killed = WallTrackProcess.Start(["--role", "worker", "--database", database, "--node-name", "rack-2"], awaited: "rack-2 works on the batches of");
        await killed.SaidAsync();
        await Eventually.TrueAsync(async () => await CountAsync(database) == 2, "they do not make themselves known");
        await killed.KillAsync();
        var since = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(4));

        var shown = await WallTrackProcess.RunAsync("nodes", "--database", database);

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("1 live node, ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("; 1 silent.", shown.Output, StringComparison.Ordinal);
        Assert.Matches("rack-1 +│ live +│ worker", shown.Output);
        var silence = Regex.Match(shown.Output, "rack-2 +│ silent for ([0-9]+) s +│ worker");
        Assert.InRange(int.Parse(silence.Groups[1].Value, CultureInfo.InvariantCulture), 8, since.Elapsed.TotalSeconds + 2); // not only since the verb first looked

        await worker.SignalAsync("TERM");
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
        Assert.Equal(1, await CountAsync(database)); // it said good-bye; the killed one could not
    }

    [Fact]
    public async Task Without_any_process_the_verb_says_how_to_start_one()
    {
        using var folder = new TemporaryFolder();
        var shown = await WallTrackProcess.RunAsync("nodes", "--database", $"Data Source={folder.At("none.db")}");

        Assert.Equal(0, shown.ExitCode);
        Assert.Equal("No process works on this database. Start one: without a verb, or with --role worker.", shown.Output.Trim());
    }

    [Theory]
    [InlineData("--role is \"boss\"; it must be server or worker.", "--role", "boss")]
    [InlineData("--node-name is empty.", "--node-name", " ")]
    [InlineData("--allowed-host is \"https://x.example\"; it must be a name such as walltrack.example.org, without scheme or port.", "--allowed-host", "https://x.example")]
    [InlineData("--proxy is \"10.0.0.0/99\"; it must be an address such as 10.0.0.5, or a network such as 10.0.0.0/24.", "--proxy", "10.0.0.0/99")]
    public async Task What_makes_no_sense_is_refused_with_what_does(string sentence, params string[] arguments)
    {
        var refused = await WallTrackProcess.RunAsync(arguments);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(sentence, refused.ErrorLines[0]);
    }

    private static async Task<int> CountAsync(string connectionString)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*)::int FROM nodes WHERE role = 'worker'";
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
