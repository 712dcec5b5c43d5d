using System.CommandLine;
using System.Data.Common;
using System.CommandLine.Parsing;
using WallTrack.Batches;
using WallTrack.History;
using WallTrack.Scenarios;
using WallTrack.Simulation;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>The program ends with one of these.</summary>
internal static class ExitCode
{
    /// <summary>Done, all of it.</summary>
    public const int Done = 0;

    /// <summary>Done, but something failed, was rejected, or was cancelled.</summary>
    public const int Partly = 1;

    /// <summary>Nothing was done: bad arguments or unreadable input.</summary>
    public const int Refused = 2;
}

/// <summary>The operator asked for something that cannot be done; the message says what to change.</summary>
internal sealed class RefusedException(string sentence) : Exception(sentence);

/// <summary>The program's verbs; without one it serves the dashboard.</summary>
internal static class Verbs
{
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase) { "environment", "contentRoot", "applicationName", "shutdownTimeoutSeconds" };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root(args).Parse(args);
        var faults = parsed.Errors.Select(error => error.Message)
            .Concat(parsed.CommandResult.Command is RootCommand ? [] : parsed.UnmatchedTokens.Select(token => $"{parsed.CommandResult.Command.Name} does not know \"{token}\"."))
            .ToList();
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            await Console.Error.WriteLineAsync($"Run it with --help to see what {parsed.CommandResult.Command.Name} takes.");
            return ExitCode.Refused;
        }

        try
        {
            // Ctrl+C is the verbs' own matter: the first ends a run cleanly, the second at once.
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is RefusedException or UnreadableFileException or ScenarioFileException or NoHistoryException or BatchRefusedException or UnsupportedLanesException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Refused;
        }
        catch (Exception exception) when (Causes(exception).OfType<DbException>().FirstOrDefault() is { } failure)
        {
            // The server went away, the disk is full, or the like, in mid-work. What had been stored by then stays.
            await Console.Error.WriteLineAsync($"The database failed: {failure.Message.TrimEnd('.')}. What was stored before that stays; run this again once the database is back.");
            return ExitCode.Partly;
        }
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    /// <summary>Such as <c>--environment=Development</c> or <c>--Logging:LogLevel:Default=Debug</c>, in one word.</summary>
    private static bool IsSettingOfTheHost(string token)
    {
        var name = token.TrimStart('-').Split('=')[0];
        return token.StartsWith("--", StringComparison.Ordinal) && token.Contains('=', StringComparison.Ordinal)
            && (name.Contains(':', StringComparison.Ordinal) || HostSettings.Contains(name));
    }

    private static RootCommand Root(string[] args)
    {
        var urls = new Option<string?>("--urls") { Description = "Where the dashboard listens; http://127.0.0.1:5080 when not given.", HelpName = "ADDRESS" };
        var database = DatabaseOption.Create();
        var root = new RootCommand("WallTrack replays copy-trading scenarios over history and compares them. Without a verb it serves the dashboard.") { urls, database, NodeOptions.Role, NodeOptions.Name, ProxyOptions.HostsOption, ProxyOptions.ProxyOption };
        root.TreatUnmatchedTokensAsErrors = false; // ASP.NET Core's own settings pass through, and only those; verbs are checked above
        root.SetAction((parsed, _) => parsed.UnmatchedTokens.FirstOrDefault(token => !IsSettingOfTheHost(token)) is { } unknown
            ? throw new RefusedException($"The dashboard does not know \"{unknown}\". If it belongs to a verb, the verb comes first: import, demo, run, export or nodes.")
            : NodeOptions.Of(parsed) is { Role: NodeRole.Worker } worker ? Worker.RunAsync(args, worker)
            : Server.ServeAsync(args, NodeOptions.Of(parsed), ProxyOptions.Of(parsed)));
        root.Subcommands.Add(ImportVerb.Create());
        root.Subcommands.Add(DemoVerb.Create());
        root.Subcommands.Add(RunVerb.Create());
        root.Subcommands.Add(ExportVerb.Create());
        root.Subcommands.Add(NodesVerb.Create());
        return root;
    }
}
