using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Notifications;

public static class NotificationServices
{
    /// <summary>The inbox and its feed; with options also the webhook.</summary>
    public static IServiceCollection AddWallTrackNotifications(this IServiceCollection services, WebhookOptions? webhook)
    {
        services.AddSingleton<Inbox>().AddSingleton<NotificationFeed>().AddHostedService(provider => provider.GetRequiredService<NotificationFeed>());
        if (webhook is not null)
        {
            // A redirect would carry the signed body to somewhere that the operator did not name.
            services.AddHttpClient(nameof(Webhook)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }).RemoveAllLoggers();
            services.AddHostedService(provider => new Webhook(
                provider.GetRequiredService<Database>(), webhook, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Webhook)),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Webhook>>()));
        }

        return services;
    }
}
