using System.Text.RegularExpressions;

namespace WallTrack.Tests.Architecture;

/// <summary>The sources work anywhere: they name no machine's folders and no package registry's host.</summary>
public sealed partial class SourceTextTests
{
    [Fact]
    public void No_source_names_a_registry_or_a_machine()
    {
        var offences =
            from file in SourceTree.Files()
            from line in File.ReadLines(file.FullName).Select((text, index) => (Text: text, Number: index + 1))
            from offence in Offences(line.Text)
            select $"{Path.GetRelativePath(SourceTree.Root.FullName, file.FullName)}:{line.Number}: {offence}";

        Assert.True(!offences.Any(), string.Join('\n', offences));
    }

    [Fact]
    public void The_sources_are_found() =>
        Assert.Contains(SourceTree.Files(), file => file.Name == $"{nameof(SourceTextTests)}.cs");

    // Written in pieces, so that this file does not offend itself.
    [Theory]
    [InlineData("see https:" + "//api.nu" + "get.org/v3/index.json")]
    [InlineData("apt from deb.deb" + "ian.org")]
    [InlineData("http:" + "//packages:8080/feed")]
    [InlineData("http:" + "//10.1.2.3/feed")]
    [InlineData("https:" + "//cache.corp.internal/")]
    [InlineData("cd /wor" + "k/main")]
    [InlineData("HOME=/roo" + "t/.cache")]
    [InlineData("'/hom" + "e/ann/x.csv'")]
    [InlineData(@"C:\Use" + @"rs\ann")]
    public void An_offence_is_seen(string line) => Assert.NotEmpty(Offences(line));

    [Theory]
    [InlineData("http://127.0.0.1:5080 or http://localhost:5081/ or http://[::1]:5082")]
    [InlineData("https://learn.microsoft.com/dotnet/ and http://www.w3.org/2000/svg")]
    [InlineData("https://walltrack.example/hook")]
    [InlineData("obj/work/x, network/root/y, $HOME/home, ~/work/x")]
    [InlineData("\"http://127.0.0.1:{port}\" or http://127.0.0.1:PORT or http://{host}/")]
    public void Innocent_lines_pass(string line) => Assert.Empty(Offences(line));

    private static IEnumerable<string> Offences(string line)
    {
        foreach (Match match in MachineFolder.Matches(line))
            yield return $"a machine's folder: {match.Value}";
        foreach (Match match in PackageHost.Matches(line))
            yield return $"a package registry: {match.Value}";
        foreach (Match match in UrlHost.Matches(line))
        {
            if (IsPrivate(match.Groups["host"].Value))
                yield return $"a host of one network only: {match.Value}";
        }
    }

    // Loopback is everybody's; another bare name or number, or a name under a private top level, is somebody's own.
    private static bool IsPrivate(string host) =>
        host is not ("localhost" or "127.0.0.1") &&
        (!host.Contains('.', StringComparison.Ordinal) || PrivateName.IsMatch(host));

    [GeneratedRegex(@"(?<![\w.~$}/-])/(work|root|home|Users)/[\w.]+|\b[A-Za-z]:\\Users\b")]
    private static partial Regex MachineFolder { get; }

    [GeneratedRegex(@"[\w.-]*(nuget|debian|npmjs|pypi|artifactory|jfrog)[\w-]*\.(org|com|net|io)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PackageHost { get; }

    [GeneratedRegex(@"https?://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex UrlHost { get; }

    [GeneratedRegex(@"^[\d.]+$|\.(internal|local|lan|corp|home)$|(^|\.)(registry|proxy|mirror)\.", RegexOptions.IgnoreCase)]
    private static partial Regex PrivateName { get; }
}
