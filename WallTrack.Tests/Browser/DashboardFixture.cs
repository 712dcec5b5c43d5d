using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WallTrack.Tests.Browser;

/// <summary>One dashboard and one browser for all tests of the collection; each test opens pages of its own.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    // As root and without a display; no request but the tests' own.
    private static readonly string[] ChromiumArguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // Chromium writes settings and crash reports into its home: it gets one that goes away with the tests.
    private readonly TemporaryFolder _browserHome = new();

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public DashboardApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("WALLTRACK_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.True(File.Exists(chromium),
            $"The browser tests need Chromium, and there is none at {chromium}: install it (apt-get install chromium), " +
            "or name another one in WALLTRACK_CHROMIUM. ./test.sh installs it by itself.");
        Assertions.SetDefaultExpectTimeout((float)Tab.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ChromiumArguments,
            Env = new Dictionary<string, string>
            {
                ["HOME"] = _browserHome.Path,
                ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
                ["TMPDIR"] = _browserHome.Path,
            },
        });
    }

    /// <summary>An empty tab with cookies of its own; dispose of it to close it.</summary>
    /// <param name="app">The dashboard to show; the shared one when none is given.</param>
    /// <param name="address">Of one in another process, in its stead.</param>
    public async Task<Tab> OpenTabAsync(ColorScheme scheme = ColorScheme.Light, int widthPx = 1280, DashboardApp? app = null, Uri? address = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (address ?? (app ?? App).Address).ToString(),
            ColorScheme = scheme,
            ViewportSize = new() { Width = widthPx, Height = 800 },
        });
        return new Tab(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await App.DisposeAsync();
        await _browserHome.DisposeAsync();
    }
}

/// <summary>A page, and everything it complained about.</summary>
public sealed class Tab : IAsyncDisposable
{
    /// <summary>How long anything may take to appear: the machine may be busy, and who waits for what never comes fails all the same.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    internal Tab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"uncaught: {error}");
        page.RequestFailed += (_, request) => _complaints.Add($"failed request: {request.Url} {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, uncaught exceptions and failed requests so far.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page of the dashboard and waits for its circuit.</summary>
    public async Task GoLiveAsync(string path = "/")
    {
        await Page.GotoAsync(path);
        await Assertions.Expect(Page.Locator("[data-connection=live]")).ToBeVisibleAsync();
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Axe objects to nothing that the page shows now.</summary>
    public async Task AssertAccessibleAsync() => Assert.Empty((await Page.RunAxe()).Violations.Select(violation =>
        $"{Page.Url}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

[CollectionDefinition(nameof(DashboardCollection))]
public sealed class DashboardCollection : ICollectionFixture<DashboardFixture>;

/// <summary>Tests that say how long something takes: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(MeasuredCollection), DisableParallelization = true)]
public sealed class MeasuredCollection : ICollectionFixture<DashboardFixture>;
