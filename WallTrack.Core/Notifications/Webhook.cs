using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Notifications;

/// <summary>Where notifications are sent besides the inbox.</summary>
public sealed record WebhookOptions
{
    /// <summary>http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>The key of the signature.</summary>
    public required string Secret { get; init; }

    /// <summary>Of one call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Calls the webhook for each notification, apart from everything else: a receiver that is slow or away holds up no
/// batch. A call that fails is repeated after 5 s, 10 s, 20 s … up to an hour, twelve times; what is due is in the
/// database, so a restart forgets none. At least once: a receiver tells repeats by the id.
/// </summary>
/// <remarks>
/// POST of JSON. <c>X-WallTrack-Signature: sha256=…</c> is the HMAC-SHA256 (RFC 2104), in hexadecimal, of the value of
/// <c>X-WallTrack-Timestamp</c> (Unix seconds), a full stop, and the body.
/// </remarks>
public sealed class Webhook(Database database, WebhookOptions options, HttpClient http, TimeProvider time, ILogger<Webhook> log) : BackgroundService
{
    public const int MostAttempts = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // What was stored before anybody listened is no news.
    private static readonly TimeSpan OldNews = TimeSpan.FromDays(1);

    public static string SignatureOf(string secret, string timestamp, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(timestamp + "."), .. body]));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DeliverDueAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be away; what is due stays due
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning(failure, "Due webhook calls could not be looked up");
                await Task.Delay(FirstPause, time, CancellationToken.None);
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task DeliverDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var context = database.CreateContextFactory().CreateDbContext();
        var due = await context.Set<Notification>()
            .Where(notification => notification.DeliverAt <= now && notification.CreatedAt > now - OldNews)
            .OrderBy(notification => notification.CreatedAt)
            .Take(20)
            .ToListAsync(cancellation);
        foreach (var notification in due)
        {
            if (await TakeAsync(notification, now, cancellation))
                await StoreAsync(notification, await CallAsync(notification, cancellation), cancellation);
        }
    }

    /// <summary>Among several processes one makes the call. When it dies over it, the call is due again after the pause.</summary>
    private async Task<bool> TakeAsync(Notification notification, DateTime now, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(notification.DeliveryAttempts, 20), LongestPause.Ticks));
        var taken = await database.InTransactionAsync(context => context.Set<Notification>()
            .Where(row => row.Id == notification.Id && row.DeliverAt != null && row.DeliveryAttempts == notification.DeliveryAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DeliveryAttempts, row => row.DeliveryAttempts + 1).SetProperty(row => row.DeliverAt, now + pause), cancellation), cancellation);
        return taken == 1;
    }

    /// <returns>Why it failed, or null.</returns>
    private async Task<string?> CallAsync(Notification notification, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = notification.Id,
            @event = "batch_ended",
            batch_id = notification.BatchId,
            title = notification.Title,
            text = notification.Text,
            has_failures = notification.IsBad,
            created_at = Instant.Text(notification.CreatedAt),
        });
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-WallTrack-Timestamp", timestamp);
        request.Headers.Add("X-WallTrack-Signature", SignatureOf(options.Secret, timestamp, body));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(options.Timeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode}.";
        }
        catch (HttpRequestException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"The receiver did not answer within {options.Timeout.TotalSeconds:0} s.";
        }
    }

    private async Task StoreAsync(Notification notification, string? error, CancellationToken cancellation)
    {
        var isLast = notification.DeliveryAttempts + 1 >= MostAttempts;
        if (error is not null)
            log.LogWarning("Webhook call {Attempt} of {Most} for batch {Batch} failed: {Error}", notification.DeliveryAttempts + 1, MostAttempts, notification.BatchId, error);
        await database.InTransactionAsync(context =>
        {
            var row = context.Set<Notification>().Where(row => row.Id == notification.Id);
            return error is null || isLast
                ? row.ExecuteUpdateAsync(set => set.SetProperty(known => known.DeliveryError, error).SetProperty(known => known.DeliverAt, (DateTime?)null), cancellation)
                : row.ExecuteUpdateAsync(set => set.SetProperty(known => known.DeliveryError, error), cancellation);
        }, cancellation);
    }
}
