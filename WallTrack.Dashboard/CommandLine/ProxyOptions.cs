using System.CommandLine;
using System.Net;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>What a reverse proxy before the dashboard needs: the names it is asked by, and whose forwarded headers it believes.</summary>
/// <param name="Hosts">Beside those of loopback.</param>
/// <param name="Proxies">Beside those of loopback.</param>
internal sealed record ProxyOptions(IReadOnlyList<string> Hosts, IReadOnlyList<IPNetwork> Proxies)
{
    public static readonly Option<string[]> HostsOption = new("--allowed-host")
    {
        Description = "A host name under which the dashboard may be asked for, beside localhost; may be given several times. It has no sign-in of its own: put one before it.",
        HelpName = "NAME",
    };

    public static readonly Option<string[]> ProxyOption = new("--proxy")
    {
        Description = "Address or network (10.0.0.0/24) of a reverse proxy whose X-Forwarded headers are believed, beside loopback; may be given several times.",
        HelpName = "ADDRESS",
    };

    /// <exception cref="RefusedException">One of them cannot be read.</exception>
    public static ProxyOptions Of(ParseResult arguments) => new(
        [.. (arguments.GetValue(HostsOption) ?? []).Select(HostOf)],
        [.. (arguments.GetValue(ProxyOption) ?? []).Select(NetworkOf)]);

    private static string HostOf(string text) =>
        Uri.CheckHostName(text.Trim()) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 ? text.Trim()
        : throw new RefusedException($"--allowed-host is \"{text}\"; it must be a name such as walltrack.example.org, without scheme or port.");

    private static IPNetwork NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new RefusedException($"--proxy is \"{text}\"; it must be an address such as 10.0.0.5, or a network such as 10.0.0.0/24.");
}
