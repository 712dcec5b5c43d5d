using System.Reflection;

namespace WallTrack.Tests.Architecture;

/// <summary>Which room may name which: a room is the first part of the namespace below the root.</summary>
/// <remarks>Types in the root namespace itself are everybody's: any room may name them, and they name no room.</remarks>
/// <param name="Root">The root namespace, <c>WallTrack</c> outside this test's own trials.</param>
internal sealed record ImportRules(string Root)
{
    private const string EveryRoom = "*";

    // Arrows point from what decides to what it decides upon. A room that is missing here is an error: say what it may import.
    private static readonly Dictionary<string, string[]> MayImport = new()
    {
        [""] = [],
        ["Scenarios"] = ["Storage"], // its catalogue; its values name no room
        ["History"] = ["Storage"], // its services; its values name no room
        ["Storage"] = [],
        ["Simulation"] = ["Scenarios", "History"],
        ["Notifications"] = ["Storage"],
        // Arithmetic over the figures of results, wherever those are kept.
        ["Comparison"] = ["Scenarios", "Simulation"],
        ["Batches"] = ["Scenarios", "History", "Simulation", "Comparison", "Storage", "Notifications"],
        ["Dashboard"] = [EveryRoom],
    };

    private static readonly string[] DatabaseProducts =
        ["Npgsql", "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "SQLitePCLRaw"];

    // A simulation is a pure function of its arguments.
    private static readonly string[] ImpureAssemblies =
        ["Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Logging", "Microsoft.AspNetCore", "System.Console", "System.Net"];

    private static readonly HashSet<Type> ImpureTypes =
    [
        typeof(TimeProvider), typeof(System.Diagnostics.Stopwatch), typeof(File), typeof(FileInfo), typeof(FileStream),
        typeof(Directory), typeof(DirectoryInfo), typeof(StreamReader), typeof(StreamWriter),
    ];

    /// <summary>A sentence for each type that names what its room may not; empty when the rules hold.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types) =>
        [.. types.SelectMany(Violations).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<string> Violations(Type type)
    {
        if (RoomOf(type) is not { } room)
            yield break;
        if (!MayImport.TryGetValue(room, out var allowed))
        {
            yield return $"{type} is in room {room}, which ImportRules does not know";
            yield break;
        }

        foreach (var named in NamedTypes.Of(type))
        {
            if (RoomOf(named) is { } other && other != room && other != "" && !allowed.Contains(other) && !allowed.Contains(EveryRoom))
                yield return $"{type} names {named}, but {room} may not import {other}";
            if (room != "Storage" && IsFrom(named, DatabaseProducts))
                yield return $"{type} names {named}, but only Storage may name a database product";
            if (room == "Simulation" && (ImpureTypes.Contains(named) || IsFrom(named, ImpureAssemblies)))
                yield return $"{type} names {named}, but Simulation may not use a clock, database, logger or file";
        }
    }

    /// <summary>"" for the root namespace, null for types that are not ours.</summary>
    private string? RoomOf(Type type)
    {
        var space = type.Namespace;
        if (space == Root)
            return "";
        return space is not null && space.StartsWith(Root + ".", StringComparison.Ordinal)
            ? space[(Root.Length + 1)..].Split('.')[0]
            : null;
    }

    private static bool IsFrom(Type type, string[] assemblies) =>
        type.Assembly.GetName().Name is { } name &&
        assemblies.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal));
}
