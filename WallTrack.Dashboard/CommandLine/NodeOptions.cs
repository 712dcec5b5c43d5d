using System.CommandLine;
using WallTrack.Batches;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>How this process takes part: <c>--role</c> and <c>--node-name</c>.</summary>
internal static class NodeOptions
{
    public static readonly Option<string> Role = new("--role")
    {
        Description = "server serves the dashboard and works on batches; worker works only, beside servers on the same PostgreSQL.",
        HelpName = "server|worker",
        DefaultValueFactory = _ => "server",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: not ("server" or "worker") }])
                    result.AddError($"--role is \"{result.Tokens[0].Value}\"; it must be server or worker.");
            },
        },
    };

    public static readonly Option<string?> Name = Arguments.Text("--node-name", "NAME", "By which operators know this process; the machine's name when not given.");

    /// <exception cref="RefusedException">The name is too long.</exception>
    public static BatchOptions Of(ParseResult arguments)
    {
        var name = arguments.GetValue(Name)?.Trim() ?? Environment.MachineName;
        return name.Length <= NodeRecord.LongestName
            ? new() { Role = arguments.GetValue(Role) == "worker" ? NodeRole.Worker : NodeRole.Server, NodeName = name }
            : throw new RefusedException($"--node-name has {name.Length} characters; it may have {NodeRecord.LongestName}.");
    }
}
