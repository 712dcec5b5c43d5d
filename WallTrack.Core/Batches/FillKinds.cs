using WallTrack.Simulation;

namespace WallTrack.Batches;

/// <summary>What fills of one exit rule have in common: steps as in <see cref="TradeFormulas"/>.</summary>
/// <param name="Level">Of the entry price; <see cref="Market"/> for a fill that met no level.</param>
internal readonly record struct FillKind(ExitReason Reason, long Fraction, long Level)
{
    internal const long Market = long.MinValue;
}

/// <summary>The kinds of fills that occur, in order of first sight; few as a rule.</summary>
internal sealed class FillKinds
{
    private const int RecentBits = 6;
    private readonly Dictionary<FillKind, int> _places = [];
    private readonly List<FillKind> _kinds = [];
    private readonly int[] _recent = new int[1 << RecentBits]; // by a hash: place of a kind that had it lately, if any has

    internal void Clear()
    {
        _places.Clear();
        _kinds.Clear();
    }

    internal int PlaceOf(FillKind kind)
    {
        ref var recent = ref _recent[(int)((ulong)((kind.Fraction * 31) + kind.Level + (int)kind.Reason) * 0x9E3779B97F4A7C15 >> (64 - RecentBits))];
        if (recent < _kinds.Count && _kinds[recent] == kind)
        {
            return recent;
        }

        if (!_places.TryGetValue(kind, out recent))
        {
            recent = _kinds.Count;
            _places.Add(kind, recent);
            _kinds.Add(kind);
        }

        return recent;
    }

    internal void Write(PackedWriter to)
    {
        var table = new TableWriter(TradeColumns.OfKind.Count);
        foreach (var (reason, fraction, level) in _kinds)
        {
            var row = table.Row();
            row[TradeColumns.OfKind.Reason] = PackedWriter.Fold((int)reason);
            row[TradeColumns.OfKind.Fraction] = PackedWriter.Fold(fraction);
            row[TradeColumns.OfKind.Level] = PackedWriter.Fold(level);
        }

        table.WriteTo(to);
    }
}
