using WallTrack.History;
using WallTrack.Simulation;

namespace WallTrack.Batches.Packing;

/// <summary>
/// Gathers the replays of one slice over one window into one block of bytes, of which <see cref="SeriesReader"/> gives
/// any one back in every bit. Reusable, and worth reusing: it keeps its scratch space. Not safe for two threads at once.
/// </summary>
internal sealed class SeriesWriter(HistoryWindow window)
{
    private readonly DistinctTrades _trades = new(window.Signals.Count);
    private readonly TradeTableWriter _tables = new(window);
    private readonly EquityCurves _curves = new();
    private readonly PackedWriter _curveBytes = new();
    private readonly PackedWriter _body = new();
    private readonly TableWriter _steps = new(1); // from reference to reference
    private readonly List<Ends> _results = [];
    private int[] _references = new int[1024]; // numbers of distinct trades, result after result
    private int _referenceCount;
    private int[] _ranks = []; // by number: place in the tables

    /// <returns>The replay's place in the block, from 0.</returns>
    internal int Add(Replay replay)
    {
        var trades = replay.Trades.Count;
        if (_references.Length - _referenceCount < trades)
        {
            Array.Resize(ref _references, Math.Max(_references.Length * 2, _referenceCount + trades));
        }

        _trades.NumbersOf(replay.Trades, _references.AsSpan(_referenceCount));
        _referenceCount += trades;
        _curves.Add(replay.Equity, _curveBytes);
        _results.Add(new(_referenceCount, _curveBytes.Length));
        return _results.Count - 1;
    }

    internal byte[] ToArray()
    {
        var sorted = _trades.Sort();
        if (_ranks.Length < sorted.Length)
        {
            _ranks = new int[sorted.Length];
        }

        for (var rank = 0; rank < sorted.Length; rank++)
        {
            _ranks[sorted[rank].Number] = rank;
        }

        _body.Clear();
        _tables.Write(_trades, sorted, _body);
        var index = new (int Curve, int Trades)[_results.Count];
        var tables = _body.Length;
        var before = default(Ends);
        for (var i = 0; i < _results.Count; i++)
        {
            _body.Bytes(_curveBytes.Written[before.Curve.._results[i].Curve]);
            index[i].Curve = _body.Length - tables;
            WriteReferences(_references.AsSpan(before.Reference.._results[i].Reference));
            index[i].Trades = _body.Length - tables;
            before = _results[i];
        }

        return SeriesBlock.Seal(_body.Written, tables, index);
    }

    internal void Clear()
    {
        _trades.Clear();
        _curves.Clear();
        _curveBytes.Clear();
        _results.Clear();
        _referenceCount = 0;
    }

    /// <summary>Trades are in order of decision, so of signal, so each is a little further on in the tables than the one before.</summary>
    private void WriteReferences(ReadOnlySpan<int> references)
    {
        var expected = 0;
        _steps.Clear();
        foreach (var reference in references)
        {
            var rank = _ranks[reference];
            _steps.Row()[0] = (uint)(rank - expected);
            expected = rank + 1;
        }

        _steps.WriteTo(_body);
    }

    /// <summary>Where a result's references and curve end.</summary>
    private readonly record struct Ends(int Reference, int Curve);
}
