using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WallTrack.Batches.Packing;

/// <summary>
/// Writes equity curves one after another, each point as the difference to what was expected of it: that it stays, or,
/// eight points at a time where that is nearer, that it rises as much as in an earlier curve of the block. Scenarios of
/// a sweep often hold the same positions for days; then rises are equal up to rounding, while the curves are not.
/// </summary>
/// <remarks>A group is eight points, one vector of 512 bits, which is two or four of them where processors have narrower ones.</remarks>
internal sealed class EquityCurves
{
    /// <summary>Marks a group of points that rise as the curve that it refers to.</summary>
    internal const int Along = 128;

    /// <summary>Of a curve that refers to none.</summary>
    internal const int Alone = -1;

    private const int GroupSize = PackedWriter.GroupSize;
    private const int Remembered = 32;
    private const int DeepestReference = 16; // how many curves must be read to read one
    private const int Samples = 64;
    private const double Likeness = 1e-12; // rises that differ by less than this share of the curve's value are alike
    private readonly Curve[] _curves = [.. Enumerable.Range(0, Remembered).Select(_ => new Curve())];
    private int _count;

    internal void Clear()
    {
        foreach (var curve in _curves)
        {
            curve.Points = default;
        }

        _count = 0;
    }

    internal void Add(ImmutableArray<double> points, PackedWriter to)
    {
        var curve = _curves[_count % Remembered];
        curve.Points = default; // it is no reference for itself
        curve.TakeSamples(points.AsSpan());
        var reference = NearestTo(curve, points.Length);
        to.Int32(points.Length);
        to.Int32(reference?.Place ?? Alone);
        if (points.Length > 0)
        {
            to.Float(points[0]);
            Write(points.AsSpan(), reference is null ? [] : reference.Points.AsSpan(), to);
        }

        (curve.Points, curve.Place, curve.Depth) = (points, _count++, reference?.Depth + 1 ?? 0);
    }

    /// <summary>The place of the curve that must be read before this one, or <see cref="Alone"/>.</summary>
    internal static int ReferenceOf(ReadOnlySpan<byte> curve)
    {
        var from = new PackedReader(curve);
        from.Int32();
        return from.Int32() is var reference and >= Alone ? reference : throw SeriesBlock.Damaged();
    }

    /// <param name="reference">Empty for a curve that refers to none.</param>
    internal static double[] Read(ReadOnlySpan<byte> curve, double[] reference)
    {
        var from = new PackedReader(curve);
        var length = from.Int32();
        if (length < 0 || length / GroupSize > from.Left || (from.Int32() != Alone && reference.Length != length))
        {
            throw SeriesBlock.Damaged();
        }

        var points = new double[length];
        if (length > 0)
        {
            points[0] = from.Float();
        }

        Span<ulong> differences = stackalloc ulong[GroupSize];
        for (var first = 1; first < length; first += GroupSize)
        {
            var along = from.Group(differences) == Along;
            for (var point = first; point < Math.Min(first + GroupSize, length); point++)
            {
                var expected = along ? points[point - 1] + (reference[point] - reference[point - 1]) : points[point - 1];
                points[point] = along
                    ? TradeFormulas.Hit(differences[point - first], expected)
                    : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(expected) + PackedReader.Unfold(differences[point - first]));
            }
        }

        return points;
    }

    private Curve? NearestTo(Curve curve, int length)
    {
        var (nearest, most) = ((Curve?)null, 0);
        foreach (var other in _curves)
        {
            if (!other.Points.IsDefault && other.Points.Length == length && other.Depth < DeepestReference && curve.AlikeTo(other) is var alike && alike > most)
            {
                (nearest, most) = (other, alike);
            }
        }

        return nearest;
    }

    /// <param name="reference">Empty, or as long as the points.</param>
    private static void Write(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, PackedWriter to)
    {
        var room = to.Room(((points.Length / GroupSize) + 1) * PackedWriter.MostGroupBytes);
        Span<ulong> differences = stackalloc ulong[GroupSize];
        Span<double> lastPoints = stackalloc double[GroupSize + 1];
        Span<double> lastReference = stackalloc double[GroupSize + 1];
        var length = 0;
        for (var first = 1; first < points.Length; first += GroupSize)
        {
            scoped ReadOnlySpan<double> group, referenceGroup = [];
            if (first + GroupSize <= points.Length)
            {
                group = points.Slice(first - 1, GroupSize + 1);
                referenceGroup = reference.IsEmpty ? [] : reference.Slice(first - 1, GroupSize + 1);
            }
            else
            {
                // The last group is filled up with a curve that stays; it is read no further than the points go.
                lastPoints.Fill(points[^1]);
                points[(first - 1)..].CopyTo(lastPoints);
                group = lastPoints;
                if (!reference.IsEmpty)
                {
                    lastReference.Fill(reference[^1]);
                    reference[(first - 1)..].CopyTo(lastReference);
                    referenceGroup = lastReference;
                }
            }

            var before = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(group));
            var bits = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(group), 1).AsInt64();
            var (chosen, mark) = (Fold(bits - before.AsInt64()), 0);
            var width = PackedWriter.WidthOf(PackedWriter.AnyBits(chosen));
            if (!referenceGroup.IsEmpty)
            {
                ref var start = ref MemoryMarshal.GetReference(referenceGroup);
                var expected = before + (Vector512.LoadUnsafe(in start, 1) - Vector512.LoadUnsafe(in start));
                var numbers = Vector512.Equals(expected, expected).AsInt64(); // NaN counts as 0, see TradeFormulas
                var along = Fold(bits - (expected.AsInt64() & numbers));
                if (PackedWriter.WidthOf(PackedWriter.AnyBits(along)) is var alongWidth && alongWidth < width)
                {
                    (chosen, mark, width) = (along, Along, alongWidth);
                }
            }

            chosen.CopyTo(differences);
            length += PackedWriter.Group(room[length..], differences, width, mark);
        }

        to.Advance(length);
    }

    private static Vector512<ulong> Fold(Vector512<long> values) => ((values << 1) ^ (values >> 63)).AsUInt64();

    private sealed class Curve
    {
        private readonly double[] _rises = new double[Samples];
        private readonly double[] _bounds = new double[Samples]; // of what is alike; below 0 where the curve stays

        internal ImmutableArray<double> Points { get; set; }

        internal int Place { get; set; }

        internal int Depth { get; set; }

        internal void TakeSamples(ReadOnlySpan<double> points)
        {
            for (var sample = 0; sample < Samples && points.Length > 1; sample++)
            {
                var point = 1 + (int)((long)sample * (points.Length - 1) / Samples);
                _rises[sample] = points[point] - points[point - 1];
                _bounds[sample] = _rises[sample] == 0 ? -1 : Math.Abs(points[point]) * Likeness;
            }
        }

        /// <summary>In how many samples this curve moves, and as the other does.</summary>
        internal int AlikeTo(Curve other)
        {
            var alike = Vector512<long>.Zero;
            for (var i = 0; i < Samples; i += Vector512<double>.Count)
            {
                var difference = Vector512.Abs(Vector512.Create(_rises, i) - Vector512.Create(other._rises, i));
                alike -= Vector512.LessThanOrEqual(difference, Vector512.Create(_bounds, i)).AsInt64();
            }

            return (int)Vector512.Sum(alike);
        }
    }
}
