using System.Collections.Immutable;

namespace WallTrack.History;

/// <summary>
/// The signals of a window, one array a field, all of the same length, in order of (time, id as lower-case text).
/// Immutable once built. Optional numbers that are missing are NaN here, so that every comparison with them is false.
/// </summary>
public sealed class SignalColumns
{
    private readonly Guid[] _ids;
    private readonly long[] _times;
    private readonly int[] _wallets;
    private readonly int[] _tokens;
    private readonly double[][] _numbers;

    private SignalColumns(Signal[] ordered, string[] wallets, int[] walletOf, string[] tokens, int[] tokenOf)
    {
        _ids = Array.ConvertAll(ordered, signal => signal.Id);
        _times = Array.ConvertAll(ordered, signal => signal.Time.Ticks);
        (WalletAddresses, _wallets) = ([.. wallets], walletOf);
        (TokenAddresses, _tokens) = ([.. tokens], tokenOf);
        _numbers =
        [
            Array.ConvertAll(ordered, signal => signal.WalletScore),
            Array.ConvertAll(ordered, signal => signal.ClusterScore),
            Array.ConvertAll(ordered, signal => signal.TokenScore),
            Array.ConvertAll(ordered, signal => signal.ContextScore),
            Array.ConvertAll(ordered, signal => signal.ClusterAmplification),
            Array.ConvertAll(ordered, signal => signal.PriceUsd),
            Array.ConvertAll(ordered, signal => signal.LiquidityUsd ?? double.NaN),
            Array.ConvertAll(ordered, signal => signal.TokenAgeMinutes ?? double.NaN),
        ];
    }

    public int Count => _ids.Length;

    public ReadOnlySpan<Guid> Ids => _ids;

    /// <summary>UTC ticks of 100 ns, ascending.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>Places in <see cref="WalletAddresses"/>.</summary>
    public ReadOnlySpan<int> Wallets => _wallets;

    /// <summary>Places in <see cref="TokenAddresses"/>.</summary>
    public ReadOnlySpan<int> Tokens => _tokens;

    public ReadOnlySpan<double> WalletScores => _numbers[0];

    public ReadOnlySpan<double> ClusterScores => _numbers[1];

    public ReadOnlySpan<double> TokenScores => _numbers[2];

    public ReadOnlySpan<double> ContextScores => _numbers[3];

    public ReadOnlySpan<double> ClusterAmplifications => _numbers[4];

    /// <summary>USD per token.</summary>
    public ReadOnlySpan<double> PricesUsd => _numbers[5];

    /// <summary>USD, NaN where unknown.</summary>
    public ReadOnlySpan<double> LiquiditiesUsd => _numbers[6];

    /// <summary>Minutes, NaN where unknown.</summary>
    public ReadOnlySpan<double> TokenAgesMinutes => _numbers[7];

    public ImmutableArray<string> WalletAddresses { get; }

    public ImmutableArray<string> TokenAddresses { get; }

    /// <summary>Takes the signals in any order. Ids must differ.</summary>
    /// <exception cref="ArgumentException">Two signals share an id, or a time is not UTC.</exception>
    public static SignalColumns From(IEnumerable<Signal> signals)
    {
        var ordered = signals.ToArray();

        // Guid compares by its fields from left to right, which is the order of its text; SignalColumnsTests proves it.
        Array.Sort(ordered, (a, b) => a.Time.Ticks != b.Time.Ticks ? a.Time.Ticks.CompareTo(b.Time.Ticks) : a.Id.CompareTo(b.Id));
        var ids = new HashSet<Guid>(ordered.Length);
        foreach (var signal in ordered)
        {
            if (signal.Time.Kind != DateTimeKind.Utc)
            {
                throw new ArgumentException($"Signal {signal.Id} has a time that is not UTC.", nameof(signals));
            }

            if (!ids.Add(signal.Id))
            {
                throw new ArgumentException($"Two signals have the id {signal.Id}.", nameof(signals));
            }
        }

        var (wallets, walletOf) = Numbered(ordered, signal => signal.WalletAddress);
        var (tokens, tokenOf) = Numbered(ordered, signal => signal.TokenAddress);
        return new(ordered, wallets, walletOf, tokens, tokenOf);
    }

    /// <summary>The distinct texts in order of first sight, and for each signal the place of its own.</summary>
    private static (string[] Texts, int[] Places) Numbered(Signal[] signals, Func<Signal, string> text)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var placeOf = new int[signals.Length];
        for (var i = 0; i < signals.Length; i++)
        {
            var key = text(signals[i]);
            if (!places.TryGetValue(key, out placeOf[i]))
            {
                placeOf[i] = places.Count;
                places.Add(key, placeOf[i]);
            }
        }

        return ([.. places.Keys], placeOf);
    }
}
