using System.Diagnostics;
using System.Text;

namespace WallTrack.Tests.CommandLine;

/// <summary>How a program run ended.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built program in a process of its own, both streams redirected.</summary>
internal sealed class WallTrackProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorRead;
    private readonly string? _awaited;
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WallTrackProcess(Process process, string? awaited)
    {
        (_process, _awaited) = (process, awaited);
        _output = process.StandardOutput.ReadToEndAsync();
        _errorRead = ReadErrorAsync();
    }

    /// <summary>Where the program lies: beside the tests, which are built with it.</summary>
    public static string Location => typeof(Dashboard.App).Assembly.Location;

    /// <summary>Of a run that ends by itself.</summary>
    public static async Task<Finished> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="environment">Variables beyond those of the test run.</param>
    /// <param name="awaited">Words of a line on standard error, for <see cref="SaidAsync"/>.</param>
    public static WallTrackProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? awaited = null)
    {
        // A test run in the background may be deaf to SIGINT, and its children with it: env undoes that.
        var start = new ProcessStartInfo("/usr/bin/env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])["--default-signal=INT", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Location, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new(Process.Start(start)!, awaited);
    }

    /// <summary>Until the awaited words are on standard error.</summary>
    public Task SaidAsync() => _said.Task.WaitAsync(Patience);

    /// <summary>What Ctrl+C does.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <param name="signal">As kill names it: TERM, STOP, CONT.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Without warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async Task<Finished> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        await _errorRead;
        return new(_process.ExitCode, await _output, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _error.Append(line).Append('\n');
            if (_awaited is not null && line.Contains(_awaited, StringComparison.Ordinal))
                _said.TrySetResult();
        }

        if (_awaited is not null)
            _said.TrySetException(new InvalidOperationException($"The program ended without saying \"{_awaited}\":\n{_error}"));
    }
}
