using System.Collections.Immutable;

namespace WallTrack.Dashboard.Charts;

/// <summary>The equity of one scenario.</summary>
/// <param name="ColourIndex">0 or more, another for each scenario; a scenario keeps it in every chart of a view.</param>
/// <param name="Values">SOL, one a point of the chart's hours; empty when the scenario has none, fewer when it broke off.</param>
/// <param name="IsBaseline">Drawn thicker, over the others.</param>
public sealed record Curve(string Name, int ColourIndex, ImmutableArray<double> Values, bool IsBaseline = false);

/// <summary>A part of a window, UTC.</summary>
public readonly record struct TimeRange(DateTime From, DateTime To);

/// <param name="At">Percent of the picture, from the left or from the top.</param>
public readonly record struct ChartMark(double At, string Text);
