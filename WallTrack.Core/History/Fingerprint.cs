using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WallTrack.History;

/// <summary>
/// A digest of all that a replay of a window can see: two windows with the same fingerprint give every scenario the same
/// results. SHA-256 over the window's ends, its signals in order, the bars that can matter and the SOL price.
/// </summary>
internal static class Fingerprint
{
    internal static string Of(HistoryWindow window)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [window.From.Ticks, window.To.Ticks]);
        Append(hash, window.Signals);
        for (var token = 0; token < window.Signals.TokenAddresses.Length; token++)
        {
            if (window.Bars(token) is { } bars)
            {
                Append(hash, bars, first: Math.Min(bars.ClosedBy(window.From.Ticks), window.UsableBars(token)), end: window.UsableBars(token));
            }
        }

        if (window.Sol.Bars is { } sol)
        {
            Append(hash, sol, first: Math.Max(sol.ClosedBy(window.From.Ticks) - 1, 0), end: sol.ClosedBy(window.To.Ticks));
        }
        else
        {
            Append(hash, [window.Sol.At(0)]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, SignalColumns signals)
    {
        Append(hash, signals.Ids);
        Append(hash, signals.Times);
        Append(hash, signals.Wallets);
        Append(hash, signals.Tokens);
        Append(hash, signals.WalletScores);
        Append(hash, signals.ClusterScores);
        Append(hash, signals.TokenScores);
        Append(hash, signals.ContextScores);
        Append(hash, signals.ClusterAmplifications);
        Append(hash, signals.PricesUsd);
        Append(hash, signals.LiquiditiesUsd);
        Append(hash, signals.TokenAgesMinutes);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', signals.WalletAddresses.Concat(signals.TokenAddresses))));
    }

    private static void Append(IncrementalHash hash, BarSeries bars, int first, int end)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(bars.TokenAddress));
        Append(hash, [bars.Interval.Ticks, end - first]);
        Append(hash, bars.OpenTimes[first..end]);
        Append(hash, bars.Opens[first..end]);
        Append(hash, bars.Highs[first..end]);
        Append(hash, bars.Lows[first..end]);
        Append(hash, bars.Closes[first..end]);
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : struct => hash.AppendData(MemoryMarshal.AsBytes(values));

    private static void Append(IncrementalHash hash, ReadOnlySpan<long> values) => Append<long>(hash, values);
}
