using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WallTrack.Storage;

namespace WallTrack.Notifications;

/// <summary>
/// Carries the bell between processes that share a database: what one rings for, the others hear. Rings of one tenth of a
/// second go as one notice, each subject once. A connection that breaks is made anew, and then everybody re-reads; what
/// is lost meanwhile costs at most the next poll.
/// </summary>
public sealed class BellRelay(Database database, Bell bell, TimeProvider time, ILogger<BellRelay> log) : BackgroundService
{
    private const char Separator = ' ';
    private const int MostSubjects = 100; // of 32 characters each
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly Lock _lock = new();
    private readonly Alarm _alarm = new();
    private HashSet<Guid> _waiting = [];

    public override void Dispose()
    {
        _alarm.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        database.IsShared ? Task.WhenAll(AgainAsync(HearAsync, "heard", stoppingToken), AgainAsync(TellAsync, "told", stoppingToken)) : Task.CompletedTask;

    private Task HearAsync(CancellationToken stopping) => database.ListenAsync(() => bell.Echo(Bell.Anything), Hear, stopping);

    private void Hear(string notice)
    {
        var parts = notice.Split(Separator);
        if (parts[0] == _self)
            return;
        foreach (var part in parts.Skip(1))
        {
            if (Guid.TryParseExact(part, "N", out var subject))
                bell.Echo(subject);
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        using var listening = bell.ListenToOwn(Note);
        while (true)
        {
            await _alarm.WaitAsync(stopping);
            HashSet<Guid> subjects;
            lock (_lock)
                (subjects, _waiting) = (_waiting, []);
            foreach (var some in subjects.Select(subject => subject.ToString("N")).Chunk(MostSubjects))
                await database.SendAsync(string.Join(Separator, some.Prepend(_self)), stopping);
            await Task.Delay(Least, time, stopping);
        }
    }

    private void Note(Guid subject)
    {
        lock (_lock)
            _waiting.Add(subject);
        _alarm.Ring();
    }

    private async Task AgainAsync(Func<CancellationToken, Task> carry, string what, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await carry(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the database may be away; pages poll meanwhile
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning("Changes cannot be {What} through the database, and are polled for: {Failure}", what, failure.Message);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }
}
