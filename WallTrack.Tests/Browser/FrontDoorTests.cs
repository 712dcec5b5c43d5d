using System.Net;

namespace WallTrack.Tests.Browser;

/// <summary>Who is let in, and what every answer carries.</summary>
[Collection(nameof(DashboardCollection))]
public sealed class FrontDoorTests(DashboardFixture dashboard)
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task Loopback_names_are_answered(string host) =>
        Assert.Equal(HttpStatusCode.OK, await StatusForHostAsync(host));

    [Theory]
    [InlineData("walltrack.example")]
    [InlineData("localhost.example")]
    [InlineData("127.0.0.1.example")]
    [InlineData("192.0.2.1")]
    public async Task Other_host_names_are_refused(string host) =>
        Assert.Equal(HttpStatusCode.BadRequest, await StatusForHostAsync(host));

    [Fact]
    public async Task The_content_security_policy_allows_no_inline_script()
    {
        using var client = dashboard.App.CreateClient();
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).Single(part => part.StartsWith("script-src ", StringComparison.Ordinal));
        Assert.Equal("script-src 'self'", scripts);
    }

    [Theory]
    [InlineData("/favicon.ico", "image/x-icon")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task A_favicon_is_there(string path, string mediaType)
    {
        using var client = dashboard.App.CreateClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpStatusCode> StatusForHostAsync(string host)
    {
        using var client = dashboard.App.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
