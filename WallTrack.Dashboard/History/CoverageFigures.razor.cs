using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>The figures of a window, or their places while they are not known.</summary>
public sealed partial class CoverageFigures
{
    private static readonly WindowCoverage Unknown = new(default, new()
    {
        Days = [],
        Signals = 0,
        Tokens = 0,
        TokensWithoutBars = 0,
        SignalsWithoutPrice = 0,
        Bars = 0,
        Intervals = ImmutableSortedDictionary<TimeSpan, int>.Empty,
        Gaps = 0,
        MissingBars = 0,
        WideBars = 0,
        OddPrices = 0,
        SolCoverage = 0,
    }, null);

    [Parameter, EditorRequired]
    public WindowCoverage? Window { get; set; }
}
