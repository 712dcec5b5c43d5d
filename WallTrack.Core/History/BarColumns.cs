namespace WallTrack.History;

/// <summary>Times (UTC ticks) and prices of bars of one token and interval, one array a field, ascending by open time.</summary>
internal sealed class BarColumns(int count)
{
    internal long[] OpenTimes { get; } = GC.AllocateUninitializedArray<long>(count);

    internal double[] Opens { get; } = GC.AllocateUninitializedArray<double>(count);

    internal double[] Highs { get; } = GC.AllocateUninitializedArray<double>(count);

    internal double[] Lows { get; } = GC.AllocateUninitializedArray<double>(count);

    internal double[] Closes { get; } = GC.AllocateUninitializedArray<double>(count);

    internal Bar[] ToBars(double[] volumes) =>
        [.. volumes.Select((volume, i) => new Bar(new(OpenTimes[i], DateTimeKind.Utc), Opens[i], Highs[i], Lows[i], Closes[i], volume))];

    internal BarSeries ToSeries(string token, TimeSpan interval) => new(token, interval, OpenTimes, Opens, Highs, Lows, Closes);
}
