namespace WallTrack.Dashboard.Charts;

/// <summary>A scenario between risk and return.</summary>
/// <param name="Risk">Maximum drawdown, a fraction; null when undefined.</param>
/// <param name="Return">A fraction; null when undefined.</param>
/// <param name="ColourIndex">The same as in the view's other charts; null for one of many, which are drawn alike.</param>
public sealed record ScatterDot(Guid Id, string Name, double? Risk, double? Return, int? ColourIndex = null, bool IsBaseline = false);
