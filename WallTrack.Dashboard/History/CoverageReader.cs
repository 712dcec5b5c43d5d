using WallTrack.History;

namespace WallTrack.Dashboard.History;

/// <summary>What a window holds.</summary>
/// <param name="SolRefusal">Why no SOL price is known; null when one is.</param>
public sealed record WindowCoverage(DaySpan Span, Coverage Coverage, string? SolRefusal);

/// <summary>Reads coverage beside the circuits, because it may take seconds.</summary>
internal sealed class CoverageReader(HistoryLibrary library)
{
    /// <exception cref="NoHistoryException">No signal lies in the window.</exception>
    public Task<WindowCoverage> ReadAsync(DaySpan span, CancellationToken cancellation) => Task.Run(async () =>
    {
        string refusal;
        try
        {
            return new WindowCoverage(span, Coverage.Of(await library.OpenAsync(span.From, span.To, cancellation: cancellation)), null);
        }
        catch (NoHistoryException exception)
        {
            refusal = exception.Message;
        }

        // Signals without any SOL bar have a coverage too; where there is no signal, this is refused as well.
        var window = await library.OpenAsync(span.From, span.To, solUsd: 1, cancellation);
        return new WindowCoverage(span, Coverage.Of(window) with { SolCoverage = 0 }, refusal);
    }, cancellation);
}
