using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>What a window holds.</summary>
/// <param name="SolRefusal">Why no SOL price is known; null when one is.</param>
public sealed record WindowCoverage(DaySpan Span, Coverage Coverage, string? SolRefusal);

/// <summary>Reads coverage beside the circuits, because it may take seconds.</summary>
internal sealed class CoverageReader(HistoryLibrary library)
{
    /// <exception cref="NoHistoryException">No signal lies in the window.</exception>
    public Task<WindowCoverage> ReadAsync(DaySpan span, CancellationToken cancellation) => ReadAsync(span.From, span.To, null, cancellation);

    /// <param name="from">UTC, included.</param>
    /// <param name="to">UTC, excluded.</param>
    /// <param name="solUsd">Null: the price comes from SOL's own bars.</param>
    /// <exception cref="NoHistoryException">No signal lies in the window.</exception>
    public Task<WindowCoverage> ReadAsync(DateTime from, DateTime to, double? solUsd, CancellationToken cancellation) => Task.Run(async () =>
    {
        var span = DaySpan.Of(from, to);
        string refusal;
        try
        {
            return new WindowCoverage(span, Coverage.Of(await library.OpenAsync(from, to, solUsd, cancellation)), null);
        }
        catch (NoHistoryException exception)
        {
            refusal = exception.Message;
        }

        // Signals without any SOL bar have a coverage too; where there is no signal, this is refused as well.
        var window = await library.OpenAsync(from, to, solUsd: 1, cancellation);
        return new WindowCoverage(span, Coverage.Of(window) with { SolCoverage = 0 }, refusal);
    }, cancellation);
}
