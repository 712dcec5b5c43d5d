using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>
/// Replays scenarios over one window, fast. What scenarios have in common is computed once and shared: scores by
/// weights, eligible signals by threshold, entries by delay, hourly prices by token, exit paths by exit rules. Every
/// result equals <see cref="ReferenceReplay"/>'s in every bit, whatever ran before, in whatever order, on however many
/// workers.
/// </summary>
public sealed class Simulator
{
    /// <summary>Changes whenever the same inputs may give other results than before.</summary>
    public const string EngineVersion = "1";

    private const int ScenariosATurn = 32;
    private const long EntriesCapacityBytes = 256L << 20;
    private readonly Lock _levelsLock = new();
    private Crossings _crossings;
    private readonly Shelf<double, Entries> _entries = new(EntriesCapacityBytes, entries => entries.SizeBytes);

    public Simulator(HistoryWindow window)
        : this(window, Kernels.Best)
    {
    }

    internal Simulator(HistoryWindow window, Kernels kernels)
    {
        ArgumentNullException.ThrowIfNull(window);
        (Window, Kernels) = (window, kernels);
        Eligibility = new(window, kernels);
        _crossings = new(window.Signals.Count);
        HourlyPrices = new(window);
    }

    public HistoryWindow Window { get; }

    internal Kernels Kernels { get; }

    internal Eligibility Eligibility { get; }

    internal HourlyPrices HourlyPrices { get; }

    /// <summary>A worker for one thread at a time; it keeps its scratch space from one scenario to the next.</summary>
    public SimulatorWorker CreateWorker() => new(this);

    /// <summary>
    /// Replays all the scenarios on that many threads. Scenarios with the same exit rules are taken together, since
    /// they share exit paths.
    /// </summary>
    /// <param name="whenDone">
    /// Called with a scenario's place and outcome as soon as it is there, on the worker's thread, so by several at once.
    /// </param>
    /// <exception cref="OperationCanceledException">The token was cancelled; outcomes already given stand.</exception>
    public void Run(IReadOnlyList<Scenario> scenarios, int workers, Action<int, Outcome> whenDone, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(whenDone);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var turns = Enumerable.Range(0, scenarios.Count)
            .GroupBy(place => ExitRules.Of(scenarios[place]))
            .SelectMany(group => group.Chunk(ScenariosATurn))
            .ToArray();
        var nextTurn = -1;

        void Work()
        {
            var worker = CreateWorker();
            try
            {
                for (var turn = Interlocked.Increment(ref nextTurn); turn < turns.Length; turn = Interlocked.Increment(ref nextTurn))
                {
                    foreach (var place in turns[turn])
                    {
                        whenDone(place, worker.Run(scenarios[place], cancellation));
                    }
                }
            }
            finally
            {
                Interlocked.Exchange(ref nextTurn, turns.Length); // whatever ends one worker's work ends the others'
            }
        }

        var threads = Enumerable.Range(0, Math.Min(workers, turns.Length))
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WhenAll(threads).GetAwaiter().GetResult();
    }

    /// <summary>Numbers for the levels of these rules; when there are too many, remembering starts anew for whoever asks from now on.</summary>
    internal ExitLevels LevelsOf(ExitRules rules)
    {
        lock (_levelsLock)
        {
            if (_crossings.LevelCount + ExitLevels.CountOf(rules) > Crossings.MostLevels)
            {
                _crossings = new(Window.Signals.Count);
            }

            return new(rules, _crossings);
        }
    }

    internal Entries EntriesAfter(double delaySeconds) => _entries.GetOrMake(delaySeconds, delay => new(Window, delay));
}
