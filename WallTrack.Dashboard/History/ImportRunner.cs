using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>One file to import, or the demo history.</summary>
/// <param name="Source">Null for the demo history.</param>
/// <param name="Interval">Of bars that do not say theirs.</param>
public sealed record ImportStep(ImportKind Kind, ImportSource? Source = null, TimeSpan? Interval = null)
{
    public string Name => Source?.Name ?? "The demo history";
}

/// <summary>
/// Owns the one import that this process runs, so that it outlives the page that started it, and every page shows the
/// same.
/// </summary>
internal sealed class ImportRunner(HistoryImporter importer, ILogger<ImportRunner> log) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private ImportSnapshot _snapshot = new(null, null);
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;

    /// <summary>The snapshot is another; raised often, and on any thread.</summary>
    public event Action? Changed;

    public ImportSnapshot Snapshot
    {
        get
        {
            lock (_lock)
                return _snapshot;
        }
    }

    /// <param name="steps">At least one; they run in this order until one does not complete.</param>
    /// <returns>False when another import is running; nothing was started then.</returns>
    public bool TryStart(IReadOnlyList<ImportStep> steps)
    {
        lock (_lock)
        {
            if (_snapshot.Running is not null)
                return false;
            _stop?.Dispose();
            _stop = new();
            _snapshot = new(Begin(steps, 0), null);
            var cancellation = _stop.Token;
            _run = Task.Run(() => RunAsync(steps, cancellation), CancellationToken.None);
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Takes effect within a few thousand rows; does nothing when no import is running.</summary>
    public void Cancel()
    {
        lock (_lock)
            _stop?.Cancel();
        Update(activity => activity with { IsCancelling = true });
    }

    /// <summary>Forgets how the last import ended.</summary>
    public void Dismiss()
    {
        lock (_lock)
            _snapshot = _snapshot with { Last = null };
        Changed?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        Cancel();
        await _run;
        _stop?.Dispose();
    }

    private static ImportActivity Begin(IReadOnlyList<ImportStep> steps, int index) => new()
    {
        Name = steps[index].Name,
        IsMadeUp = steps[index].Kind == ImportKind.MadeUp,
        Phase = steps[index].Source switch { null => ImportPhase.Storing, { IsUpload: true } => ImportPhase.Uploading, _ => ImportPhase.Checking },
        Step = index + 1,
        Steps = steps.Count,
    };

    private async Task RunAsync(IReadOnlyList<ImportStep> steps, CancellationToken cancellation)
    {
        var stored = new List<ImportRecord>();
        ImportOutcome outcome;
        try
        {
            for (var index = 0; index < steps.Count; index++)
            {
                Update(activity => Begin(steps, index) with { IsCancelling = activity.IsCancelling });
                stored.Add(await RunAsync(steps[index], cancellation));
            }

            outcome = ImportOutcome.Completed(stored);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = ImportOutcome.Cancelled(stored, steps[stored.Count].Name, Snapshot.Running!.Phase);
        }
        catch (UnreadableFileException refusal)
        {
            outcome = ImportOutcome.Refused(stored, refusal.Message);
        }
#pragma warning disable CA1031 // whatever it was must reach the operator: there is no caller to throw it to
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var name = steps[stored.Count].Name;
            log.LogError(failure, "The import of {Name} failed", name);
            outcome = ImportOutcome.Failed(stored, name, failure.Message);
        }

        lock (_lock)
            _snapshot = new(null, outcome);
        Changed?.Invoke();
    }

    private async Task<ImportRecord> RunAsync(ImportStep step, CancellationToken cancellation)
    {
        var rows = new Listener<ImportProgress>(value => Update(activity => activity with
        {
            Phase = ImportPhase.Storing,
            Fraction = value.Fraction,
            Rows = value.Rows,
            Rejected = value.Rejected,
        }));
        if (step.Source is null)
            return await importer.ImportMadeUpAsync(new(), rows, cancellation);

        using var file = await step.Source.StageAsync(new Listener<double>(fraction => Update(activity => activity with { Fraction = fraction })), cancellation);
        Update(activity => activity with { Phase = ImportPhase.Checking, Fraction = null });
        return step.Kind == ImportKind.Signals
            ? await importer.ImportSignalsAsync(file.Path, step.Name, rows, cancellation)
            : await importer.ImportBarsAsync(file.Path, step.Interval, step.Name, rows, cancellation);
    }

    private void Update(Func<ImportActivity, ImportActivity> change)
    {
        lock (_lock)
        {
            if (_snapshot.Running is not { } activity)
                return;
            _snapshot = _snapshot with { Running = change(activity) };
        }

        Changed?.Invoke();
    }

    /// <summary>Hears on the thread that reports, in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Listener<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
