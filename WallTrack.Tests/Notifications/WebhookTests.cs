using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WallTrack.Notifications;
using WallTrack.Tests.Storage;
using WallTrack.Tests.Time;

namespace WallTrack.Tests.Notifications;

public sealed class WebhookTests(PostgreSqlServer server)
{
    private const string Secret = "kept between the two of us";

    public static TheoryData<Product> Products => [Product.Sqlite, Product.PostgreSql];

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_notification_is_posted_once_and_signed(Product product)
    {
        await using var test = await TestDatabase.CreateAsync(product, server);
        var (time, receiver) = (new FakeTime(), new Receiver());
        var notification = await StoreAsync(test, time);
        using var webhook = Webhook(test, time, receiver);

        await webhook.DeliverDueAsync(default);
        time.Advance(TimeSpan.FromHours(2));
        await webhook.DeliverDueAsync(default);

        var call = Assert.Single(receiver.Calls);
        Assert.Equal(WallTrack.Notifications.Webhook.SignatureOf(Secret, call.Timestamp, call.Body), call.Signature);
        using var body = JsonDocument.Parse(call.Body);
        Assert.Equal((notification.Id, notification.Title), (body.RootElement.GetProperty("id").GetGuid(), body.RootElement.GetProperty("title").GetString()));
    }

    // RFC 2104 by another's hand: printf '%s' '1767225600.{}' | openssl dgst -sha256 -hmac 'secret'
    [Fact]
    public void The_signature_is_the_HMAC_of_timestamp_and_body() =>
        Assert.Equal("sha256=fa7eaa06bf97d7815f3f456e97cde70c9e50cb005f01660c8d10b10c21964887", WallTrack.Notifications.Webhook.SignatureOf("secret", "1767225600", Encoding.UTF8.GetBytes("{}")));

    [Fact]
    public async Task A_call_that_fails_is_repeated_later_and_later_and_given_up_after_the_twelfth()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        var (time, receiver) = (new FakeTime(), new Receiver { Answer = HttpStatusCode.BadGateway });
        await StoreAsync(test, time);
        using var webhook = Webhook(test, time, receiver);
        var pauses = new List<int>();
        for (var (second, last) = (0, 0); second < 20_000; second += 5)
        {
            var before = receiver.Calls.Count;
            await webhook.DeliverDueAsync(default);
            if (receiver.Calls.Count > before)
            {
                pauses.Add(second - last);
                last = second;
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([0, 5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600], pauses);
        Assert.Equal("The receiver answered 502.", (await Inbox(test, time).ListAsync())[0].DeliveryError);
    }

    [Fact]
    public async Task A_receiver_that_comes_back_gets_what_it_missed()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        var (time, receiver) = (new FakeTime(), new Receiver { Failure = new HttpRequestException("nobody is there") });
        await StoreAsync(test, time);
        using (var first = Webhook(test, time, receiver))
            await first.DeliverDueAsync(default);
        receiver.Failure = null;
        time.Advance(TimeSpan.FromSeconds(5));
        using var second = Webhook(test, time, receiver); // after a restart

        await second.DeliverDueAsync(default);

        Assert.Equal(2, receiver.Calls.Count);
        var stored = Assert.Single(await Inbox(test, time).ListAsync());
        Assert.Equal((null, null, 2), (stored.DeliverAt, stored.DeliveryError, stored.DeliveryAttempts));
    }

    [Fact]
    public async Task Two_processes_make_one_call()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        var (time, receiver) = (new FakeTime(), new Receiver());
        await StoreAsync(test, time);
        using var one = Webhook(test, time, receiver);
        using var other = Webhook(test, time, receiver);

        await Task.WhenAll(one.DeliverDueAsync(default), other.DeliverDueAsync(default));

        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task What_was_read_is_no_longer_counted_and_says_so_by_the_bell()
    {
        await using var test = await TestDatabase.CreateAsync(Product.Sqlite, server);
        var (time, bell) = (new FakeTime(), new Bell());
        var notification = await StoreAsync(test, time);
        await StoreAsync(test, time);
        var inbox = new Inbox(test.Database, bell, time);
        var rung = 0;
        using var listening = bell.Listen(subject => rung += subject == WallTrack.Notifications.Inbox.ReadSubject ? 1 : 0);

        Assert.Equal(2, await inbox.CountUnreadAsync());
        await inbox.MarkReadAsync(notification.BatchId);
        Assert.Equal(1, await inbox.CountUnreadAsync());
        await inbox.MarkReadAsync();
        Assert.Equal((0, 2), (await inbox.CountUnreadAsync(), rung));
    }

    private static Inbox Inbox(TestDatabase test, TimeProvider time) => new(test.Database, new(), time);

    private static Webhook Webhook(TestDatabase test, TimeProvider time, Receiver receiver) =>
        new(test.Database, new() { Url = new("https://receiver.test/"), Secret = Secret }, new HttpClient(receiver, disposeHandler: false), time, NullLogger<Webhook>.Instance);

    private static async Task<Notification> StoreAsync(TestDatabase test, FakeTime time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var notification = new Notification { Id = Guid.NewGuid(), BatchId = Guid.NewGuid(), Title = "Sweep is done", Text = "12 of 12.", IsBad = false, CreatedAt = now, DeliverAt = now };
        await using var context = test.Database.CreateContextFactory().CreateDbContext();
        context.Add(notification);
        await context.SaveChangesAsync();
        return notification;
    }

    /// <summary>The host outside.</summary>
    private sealed class Receiver : HttpMessageHandler
    {
        public List<(string Timestamp, string Signature, byte[] Body)> Calls { get; } = [];

        public HttpStatusCode Answer { get; init; } = HttpStatusCode.NoContent;

        public Exception? Failure { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("application/json", request.Content!.Headers.ContentType!.MediaType);
            Calls.Add((request.Headers.GetValues("X-WallTrack-Timestamp").Single(), request.Headers.GetValues("X-WallTrack-Signature").Single(), await request.Content.ReadAsByteArrayAsync(cancellationToken)));
            return Failure is null ? new(Answer) : throw Failure;
        }
    }
}
