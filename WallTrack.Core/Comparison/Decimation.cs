namespace WallTrack.Comparison;

/// <summary>Fewer points of a long curve that look the same.</summary>
public static class Decimation
{
    /// <summary>
    /// The places, ascending, of the points to draw: the first and the last of the range, and the lowest and the highest of
    /// each of equally many points between them. So no peak and no trough is lost, however short it was. All places where
    /// there are no more than <paramref name="most"/>.
    /// </summary>
    /// <param name="curve">One value a point, in order of time; finite.</param>
    /// <param name="from">The first point of the range.</param>
    /// <param name="end">The one after its last.</param>
    /// <param name="most">At least 4: the two ends, and a lowest and a highest.</param>
    public static int[] MinMax(ReadOnlySpan<double> curve, int from, int end, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, curve.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, end);
        if (end - from <= most)
        {
            return [.. Enumerable.Range(from, end - from)];
        }

        var places = new List<int>(most) { from };
        var (inside, buckets) = (end - from - 2, (most - 2) / 2);
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var start = from + 1 + (int)((long)inside * bucket / buckets);
            var length = from + 1 + (int)((long)inside * (bucket + 1) / buckets) - start;
            var (lowest, highest) = Extremes(curve.Slice(start, length));
            places.Add(start + Math.Min(lowest, highest));
            if (lowest != highest)
            {
                places.Add(start + Math.Max(lowest, highest));
            }
        }

        places.Add(end - 1);
        return [.. places];
    }

    private static (int Lowest, int Highest) Extremes(ReadOnlySpan<double> values)
    {
        var (lowest, highest) = (0, 0);
        for (var i = 1; i < values.Length; i++)
        {
            lowest = values[i] < values[lowest] ? i : lowest;
            highest = values[i] > values[highest] ? i : highest;
        }

        return (lowest, highest);
    }
}
