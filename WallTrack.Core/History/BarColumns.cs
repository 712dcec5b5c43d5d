namespace WallTrack.History;

/// <summary>Bars of one token and interval, one array a field, ascending by open time (UTC ticks).</summary>
internal sealed record BarColumns(long[] OpenTimes, double[] Opens, double[] Highs, double[] Lows, double[] Closes, double[] Volumes)
{
    internal int Count => OpenTimes.Length;

    internal Bar[] ToBars()
    {
        var bars = new Bar[Count];
        for (var i = 0; i < bars.Length; i++)
        {
            bars[i] = new(new(OpenTimes[i], DateTimeKind.Utc), Opens[i], Highs[i], Lows[i], Closes[i], Volumes[i]);
        }

        return bars;
    }

    /// <summary>One series of consecutive parts.</summary>
    internal static BarSeries Join(string token, TimeSpan interval, BarColumns[] parts)
    {
        T[] All<T>(Func<BarColumns, T[]> column)
        {
            var all = GC.AllocateUninitializedArray<T>(parts.Sum(part => part.Count));
            var end = 0;
            foreach (var part in parts)
            {
                column(part).CopyTo(all, end);
                end += part.Count;
            }

            return all;
        }

        return new(token, interval, All(part => part.OpenTimes), All(part => part.Opens), All(part => part.Highs), All(part => part.Lows), All(part => part.Closes));
    }
}
