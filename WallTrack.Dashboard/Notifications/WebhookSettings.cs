using WallTrack.Dashboard.CommandLine;
using WallTrack.Notifications;

namespace WallTrack.Dashboard.Notifications;

/// <summary>The webhook out of the settings <c>Webhook:Url</c> and <c>Webhook:Secret</c>; there is none without a URL.</summary>
internal static class WebhookSettings
{
    /// <exception cref="RefusedException">They make no webhook.</exception>
    public static WebhookOptions? Of(IConfiguration configuration)
    {
        var (url, secret) = (configuration["Webhook:Url"], configuration["Webhook:Secret"]);
        if (string.IsNullOrWhiteSpace(url))
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new RefusedException($"Webhook:Url is \"{url}\"; it must be an address such as https://example.org/walltrack.");
        return string.IsNullOrWhiteSpace(secret)
            ? throw new RefusedException("Webhook:Secret is missing: the receiver checks with it that a call comes from here. Give it in the environment as Webhook__Secret.")
            : new() { Url = address, Secret = secret };
    }
}
