namespace WallTrack.Dashboard;

/// <summary>What a browser may do with our pages: load from this server only, run no inline script, be framed by nobody.</summary>
internal static class SecurityHeaders
{
    // Inline style *attributes* stay allowed: Radzen sizes and places its parts with them. Inline <style> elements and
    // every inline script are refused. data: images are the icons inside Radzen's style sheet.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
        "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });
}
