using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace WallTrack.Tests;

/// <summary>Lets bUnit find AngleSharp.Diffing, which build/BUnit.targets lays in a folder of its own (it says why).</summary>
internal static class DiffingAssembly
{
    [ModuleInitializer]
    internal static void LoadFromItsFolder() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "bunit", "AngleSharp.Diffing.dll"))
            : null;
}
