using WallTrack.History;
using WallTrack.Scenarios;

namespace WallTrack.Simulation;

/// <summary>A fill of an exit path: what it is before anybody's money is in it.</summary>
/// <param name="Time">UTC ticks.</param>
/// <param name="Fraction">Of the initial quantity.</param>
/// <param name="SalePrice">USD per token, slippage taken off.</param>
/// <param name="SolUsd">USD per SOL at that time.</param>
/// <param name="OpenAfter">Fraction of the initial quantity that is still held.</param>
/// <param name="Point">First point of the equity curve at or after it.</param>
/// <param name="ClosesMain">It frees the slot and the token.</param>
internal readonly record struct PathFill(
    long Time, double Fraction, double SalePrice, double SolUsd, double OpenAfter, int Point, ExitReason Reason, bool ClosesMain);

/// <summary>All that an exit path depends on besides its signal.</summary>
internal sealed record ExitRules(ExitStrategy Exit, double SlippageBps, double EntryDelaySeconds)
{
    internal static ExitRules Of(Scenario scenario) => new(scenario.Exit, scenario.SlippageBps, scenario.EntryDelaySeconds);
}

/// <summary>
/// How the positions of a window's signals end under one set of exit rules, each found when first asked for. It depends
/// neither on sizes nor on thresholds nor on other positions, so scenarios that share the rules share the paths.
/// One worker's own: it takes on the rules of one scenario after another.
/// </summary>
internal sealed class ExitPaths(Simulator simulator)
{
    private readonly int[] _firstFill = new int[simulator.Window.Signals.Count]; // place of the path's first fill + 1; 0 for a path not yet found
    private readonly List<int> _found = [];
    private PathFill[] _fills = new PathFill[1024];
    private int _count;
    private ExitRules? _rules;
    private ExitLevels? _levels;
    private Entries? _entries;

    internal void Use(ExitRules rules, Entries entries)
    {
        if (rules == _rules)
        {
            return;
        }

        foreach (var signal in _found)
        {
            _firstFill[signal] = 0;
        }

        _found.Clear();
        (_rules, _levels, _entries, _count) = (rules, simulator.LevelsOf(rules), entries, 0);
    }

    /// <summary>The fills of that signal's position in order of time, up to the first with nothing left open.</summary>
    internal ReadOnlySpan<PathFill> Of(int signal)
    {
        if (_firstFill[signal] == 0)
        {
            Find(signal);
        }

        var first = _firstFill[signal] - 1;
        var end = first;
        while (_fills[end++].OpenAfter != 0)
        {
        }

        return _fills.AsSpan(first, end - first);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Find(int signal)
    {
        const int mostFills = 16; // ten take-profits, two stops, the end, and room
        if (_fills.Length - _count < mostFills)
        {
            Array.Resize(ref _fills, _fills.Length * 2);
        }

        var window = simulator.Window;
        var token = window.Signals.Tokens[signal];
        var walk = new ExitWalk(window, simulator.Kernels, _rules!, _levels!, signal, _entries![signal], window.Bars(token)!, window.UsableBars(token), _fills.AsSpan(_count));
        _firstFill[signal] = _count + 1;
        _found.Add(signal);
        _count += walk.ToTheEnd();
    }
}
