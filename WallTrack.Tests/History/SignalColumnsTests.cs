using WallTrack.History;

namespace WallTrack.Tests.History;

/// <summary>Signals in columns, in order of (time, id as lower-case text).</summary>
public sealed class SignalColumnsTests
{
    private static readonly DateTime Start = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Signals_of_one_instant_stand_in_the_order_of_their_ids_as_lower_case_text()
    {
        var ids = RandomIds(20_000, seed: 5).ToArray();
        var columns = SignalColumns.From(ids.Select(id => Signal(id, Start)));

        Assert.Equal(ids.Select(id => id.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal), columns.Ids.ToArray().Select(id => id.ToString()));
    }

    [Fact]
    public void Times_come_before_ids()
    {
        var random = new Random(6);
        var signals = RandomIds(5_000, seed: 6).Select(id => Signal(id, Start.AddMicroseconds(random.Next(50)))).ToArray();
        var columns = SignalColumns.From(signals);

        var expected = signals.OrderBy(signal => signal.Time).ThenBy(signal => signal.Id.ToString(), StringComparer.Ordinal).ToArray();
        Assert.Equal(expected.Select(signal => signal.Id), columns.Ids.ToArray());
        Assert.Equal(expected.Select(signal => signal.Time.Ticks), columns.Times.ToArray());
    }

    [Fact]
    public void The_order_in_which_signals_come_does_not_matter()
    {
        var signals = RandomIds(500, seed: 7).Select((id, place) => Signal(id, Start.AddSeconds(place % 7))).ToArray();
        var columns = SignalColumns.From(signals);
        new Random(7).Shuffle(signals);

        Assert.Equal(columns.Ids.ToArray(), SignalColumns.From(signals).Ids.ToArray());
    }

    [Fact]
    public void Every_column_holds_what_its_signal_says()
    {
        var random = new Random(8);
        var signals = RandomIds(300, seed: 8).Select(id => new Signal
        {
            Id = id,
            Time = Start.AddSeconds(random.Next(100)),
            WalletAddress = $"wallet {random.Next(10)}",
            TokenAddress = $"token {random.Next(10)}",
            WalletScore = random.NextDouble(),
            ClusterScore = random.NextDouble(),
            TokenScore = random.NextDouble(),
            ContextScore = random.NextDouble(),
            ClusterAmplification = random.NextDouble(),
            PriceUsd = random.NextDouble(),
            LiquidityUsd = random.Next(2) == 0 ? null : random.NextDouble(),
            TokenAgeMinutes = random.Next(2) == 0 ? null : random.NextDouble(),
        }).ToDictionary(signal => signal.Id);
        var columns = SignalColumns.From(signals.Values);

        Assert.Equal(300, columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            var signal = signals[columns.Ids[i]];
            Assert.Equal(
                (signal.WalletAddress, signal.TokenAddress, signal.WalletScore, signal.ClusterScore, signal.TokenScore, signal.ContextScore),
                (columns.WalletAddresses[columns.Wallets[i]], columns.TokenAddresses[columns.Tokens[i]], columns.WalletScores[i], columns.ClusterScores[i], columns.TokenScores[i], columns.ContextScores[i]));
            Assert.Equal(
                (signal.ClusterAmplification, signal.PriceUsd, signal.LiquidityUsd ?? double.NaN, signal.TokenAgeMinutes ?? double.NaN),
                (columns.ClusterAmplifications[i], columns.PricesUsd[i], columns.LiquiditiesUsd[i], columns.TokenAgesMinutes[i]));
        }

        Assert.Equal(10, columns.TokenAddresses.Distinct().Count());
        Assert.Equal(10, columns.TokenAddresses.Length);
    }

    [Fact]
    public void No_signals_are_empty_columns() => Assert.Equal(0, SignalColumns.From([]).Count);

    [Fact]
    public void Two_signals_with_one_id_are_refused_even_at_different_times()
    {
        var id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

        Assert.StartsWith($"Two signals have the id {id}.", Assert.Throws<ArgumentException>(() => SignalColumns.From([Signal(id, Start), Signal(Guid.Empty, Start), Signal(id, Start.AddDays(1))])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public void A_time_that_is_not_UTC_is_refused(DateTimeKind kind) =>
        Assert.Throws<ArgumentException>(() => SignalColumns.From([Signal(Guid.Empty, DateTime.SpecifyKind(Start, kind))]));

    /// <summary>Every second one differs from its neighbour in one byte only, so that every field decides some order.</summary>
    private static HashSet<Guid> RandomIds(int count, int seed)
    {
        var random = new Random(seed);
        var ids = new HashSet<Guid>();
        var bytes = new byte[16];
        while (ids.Count < count)
        {
            if (ids.Count % 2 == 0)
                random.NextBytes(bytes);
            else
                bytes[random.Next(16)] = (byte)random.Next(256);
            ids.Add(new(bytes));
        }

        return ids;
    }

    private static Signal Signal(Guid id, DateTime time) =>
        new() { Id = id, Time = time, WalletAddress = "w", TokenAddress = "t", WalletScore = 1, PriceUsd = 1 };
}
