using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace WallTrack.Batches;

/// <summary>
/// Writes equity curves one after another, each point as the difference to what was expected of it: that it stays, or,
/// eight points at a time where that is nearer, that it rises as much as in an earlier curve of the block. Scenarios of
/// a sweep often hold the same positions for days; then rises are equal up to rounding, while the curves are not.
/// </summary>
internal sealed class EquityCurves
{
    /// <summary>Marks a group of points that rise as the curve that it refers to.</summary>
    internal const int Along = 128;

    /// <summary>Of a curve that refers to none.</summary>
    internal const int Alone = -1;

    private const int Remembered = 32;
    private const int DeepestReference = 16; // how many curves must be read to read one
    private const int Samples = 64;
    private const double Likeness = 1e-12; // rises that differ by less than this share of the curve's value are alike
    private readonly Curve[] _curves = [.. Enumerable.Range(0, Remembered).Select(_ => new Curve())];
    private int _count;

    internal void Clear()
    {
        Array.ForEach(_curves, curve => curve.Points = default);
        _count = 0;
    }

    internal void Add(ImmutableArray<double> points, PackedWriter to)
    {
        var curve = _curves[_count % Remembered];
        curve.Points = default; // it is no reference for itself
        curve.TakeSamples(points.AsSpan());
        var reference = curve.IsFinite ? NearestTo(curve, points.Length) : null;
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
        if (length < 0 || length / PackedWriter.GroupSize > from.Left || (from.Int32() != Alone && reference.Length != length))
        {
            throw SeriesBlock.Damaged();
        }

        var points = new double[length];
        if (length > 0)
        {
            points[0] = from.Float();
        }

        Span<ulong> differences = stackalloc ulong[PackedWriter.GroupSize];
        for (var first = 1; first < length; first += differences.Length)
        {
            var along = from.Group(differences) == Along;
            for (var point = first; point < Math.Min(first + differences.Length, length); point++)
            {
                var expected = along ? ExpectedAlong(points[point - 1], reference[point - 1], reference[point]) : BitConverter.DoubleToInt64Bits(points[point - 1]);
                points[point] = BitConverter.Int64BitsToDouble(expected + PackedReader.Unfold(differences[point - first]));
            }
        }

        return points;
    }

    private Curve? NearestTo(Curve curve, int length)
    {
        var (nearest, most) = ((Curve?)null, 0);
        foreach (var other in _curves)
        {
            if (!other.Points.IsDefault && other.Points.Length == length && other.IsFinite && other.Depth < DeepestReference && curve.AlikeTo(other) is var alike && alike > most)
            {
                (nearest, most) = (other, alike);
            }
        }

        return nearest;
    }

    /// <summary>The bits that are expected of a point; both writer and reader go by it.</summary>
    internal static long ExpectedAlong(double before, double referenceBefore, double reference) =>
        BitConverter.DoubleToInt64Bits(before + (reference - referenceBefore));

    /// <param name="reference">Empty, or as long as the points.</param>
    private static void Write(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, PackedWriter to)
    {
        const int groupSize = PackedWriter.GroupSize;
        Span<ulong> staying = stackalloc ulong[groupSize];
        Span<ulong> along = stackalloc ulong[groupSize];
        var room = to.Room(((points.Length / groupSize) + 1) * PackedWriter.MostGroupBytes);
        var (length, point) = (0, 1);
        for (; point < points.Length; point += groupSize)
        {
            var count = Math.Min(groupSize, points.Length - point);
            var width = Differences(points.Slice(point - 1, count + 1), staying);
            if (!reference.IsEmpty && Differences(points.Slice(point - 1, count + 1), reference.Slice(point - 1, count + 1), along) is var alongWidth && alongWidth < width)
            {
                length += PackedWriter.Group(room[length..], along, alongWidth, Along);
            }
            else
            {
                length += PackedWriter.Group(room[length..], staying, width, 0);
            }
        }

        to.Advance(length);
    }

    private static int Differences(ReadOnlySpan<double> points, Span<ulong> differences)
    {
        var any = 0UL;
        var lanes = Vector<double>.Count;
        if (points.Length == PackedWriter.GroupSize + 1 && PackedWriter.GroupSize % lanes == 0)
        {
            var bits = MemoryMarshal.Cast<double, long>(points);
            var or = Vector<ulong>.Zero;
            for (var i = 0; i < PackedWriter.GroupSize; i += lanes)
            {
                var folded = Fold(new Vector<long>(bits[(i + 1)..]) - new Vector<long>(bits[i..]));
                or |= folded;
                folded.CopyTo(differences[i..]);
            }

            for (var lane = 0; lane < lanes; lane++)
            {
                any |= or[lane];
            }

            return PackedWriter.WidthOf(any);
        }

        differences.Clear();
        for (var i = 1; i < points.Length; i++)
        {
            differences[i - 1] = PackedWriter.Fold(BitConverter.DoubleToInt64Bits(points[i]) - BitConverter.DoubleToInt64Bits(points[i - 1]));
            any |= differences[i - 1];
        }

        return PackedWriter.WidthOf(any);
    }

    private static int Differences(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, Span<ulong> differences)
    {
        var any = 0UL;
        var lanes = Vector<double>.Count;
        if (points.Length == PackedWriter.GroupSize + 1 && PackedWriter.GroupSize % lanes == 0)
        {
            var or = Vector<ulong>.Zero;
            for (var i = 0; i < PackedWriter.GroupSize; i += lanes)
            {
                var expected = new Vector<double>(points[i..]) + (new Vector<double>(reference[(i + 1)..]) - new Vector<double>(reference[i..]));
                var folded = Fold(Vector.AsVectorInt64(new Vector<double>(points[(i + 1)..])) - Vector.AsVectorInt64(expected));
                or |= folded;
                folded.CopyTo(differences[i..]);
            }

            for (var lane = 0; lane < lanes; lane++)
            {
                any |= or[lane];
            }

            return PackedWriter.WidthOf(any);
        }

        differences.Clear();
        for (var i = 1; i < points.Length; i++)
        {
            differences[i - 1] = PackedWriter.Fold(BitConverter.DoubleToInt64Bits(points[i]) - ExpectedAlong(points[i - 1], reference[i - 1], reference[i]));
            any |= differences[i - 1];
        }

        return PackedWriter.WidthOf(any);
    }

    private static Vector<ulong> Fold(Vector<long> value) =>
        Vector.AsVectorUInt64((value << 1) ^ Vector.LessThan(value, Vector<long>.Zero));

    private sealed class Curve
    {
        private readonly double[] _rises = new double[Samples];
        private readonly double[] _bounds = new double[Samples]; // of what is alike; below 0 where the curve stays

        internal ImmutableArray<double> Points { get; set; }

        internal int Place { get; set; }

        internal int Depth { get; set; }

        /// <summary>All points are: what is expected of a point is then a number too, of the same bits on any machine.</summary>
        internal bool IsFinite { get; private set; }

        internal void TakeSamples(ReadOnlySpan<double> points)
        {
            IsFinite = !points.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);
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
            var alike = Vector<long>.Zero;
            for (var i = 0; i < Samples; i += Vector<double>.Count)
            {
                alike -= Vector.LessThanOrEqual(Vector.Abs(new Vector<double>(_rises, i) - new Vector<double>(other._rises, i)), new Vector<double>(_bounds, i));
            }

            return (int)Vector.Sum(alike);
        }
    }
}
