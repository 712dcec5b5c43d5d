using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using WallTrack.History;

namespace WallTrack.Simulation;

/// <summary>The environment forces a vector width that does not exist here.</summary>
public sealed class UnsupportedLanesException(string sentence) : Exception(sentence);

/// <summary>The few loops over whole columns in which the simulation spends its vector instructions.</summary>
internal abstract class Kernels
{
    /// <summary>Forces a width, for tests and measurements: 1, 2, 4 or 8 doubles an instruction.</summary>
    internal const string LanesVariable = "WALLTRACK_LANES";

    /// <summary>The widest that this machine has, unless the environment asks for another.</summary>
    /// <exception cref="UnsupportedLanesException">It asks for one that this machine has not.</exception>
    internal static Kernels Best => For(Environment.GetEnvironmentVariable(LanesVariable) switch
    {
        null or "" => Offered.Max(),
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lanes) && Offered.Contains(lanes) => lanes,
        { } text => throw new UnsupportedLanesException($"The environment variable {LanesVariable} is \"{text}\"; this machine offers {string.Join(", ", Offered)}."),
    });

    /// <summary>The widths that this machine has, ascending.</summary>
    internal static IReadOnlyList<int> Offered =>
    [
        1,
        .. Vector128.IsHardwareAccelerated ? [2] : Array.Empty<int>(),
        .. Vector256.IsHardwareAccelerated ? [4] : Array.Empty<int>(),
        .. Vector512.IsHardwareAccelerated ? [8] : Array.Empty<int>(),
    ];

    internal static Kernels For(int lanes) => lanes switch
    {
        1 => new Kernels<Lanes1>(),
        2 => new Kernels<Lanes2>(),
        4 => new Kernels<Lanes4>(),
        8 => new Kernels<Lanes8>(),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "Widths are 1, 2, 4 and 8."),
    };

    /// <summary>The first bar in [from, end) with low ≤ down or high ≥ up; <paramref name="end"/> when there is none.</summary>
    internal abstract int FirstOutside(BarSeries bars, int from, int end, double down, double up);

    /// <summary>Writes the places of the scores with score + tolerance ≥ threshold, ascending; returns how many.</summary>
    internal abstract int SelectAtLeast(ReadOnlySpan<double> scores, double tolerance, double threshold, Span<int> places);

    /// <summary>target[i] += factor · source[i].</summary>
    internal abstract void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor);

    internal abstract void Score(Span<double> target, in ScoreInput input);
}

internal sealed class Kernels<TLanes> : Kernels
    where TLanes : struct, ILanes
{
    internal override int FirstOutside(BarSeries bars, int from, int end, double down, double up)
    {
        var blockSize = bars.BlockSize;
        while (from < end)
        {
            // The extremes of blocks are searched by the same loop as the bars: a whole block passes when none of it can matter.
            var block = from / blockSize;
            block += FirstOutside(bars.BlockLows[block..], bars.BlockHighs[block..], down, up);
            from = Math.Max(from, block * blockSize);
            var blockEnd = Math.Min((block + 1) * blockSize, end);
            if (from >= blockEnd)
            {
                return end;
            }

            var found = from + FirstOutside(bars.Lows[from..blockEnd], bars.Highs[from..blockEnd], down, up);
            if (found < blockEnd)
            {
                return found;
            }

            from = blockEnd;
        }

        return end;
    }

    internal override int SelectAtLeast(ReadOnlySpan<double> scores, double tolerance, double threshold, Span<int> places)
    {
        ref var first = ref MemoryMarshal.GetReference(scores);
        var (count, i) = (0, 0);
        for (; i <= scores.Length - TLanes.Count; i += TLanes.Count)
        {
            for (var mask = TLanes.AtLeast(in Unsafe.Add(ref first, i), tolerance, threshold); mask != 0; mask &= mask - 1)
            {
                places[count++] = i + BitOperations.TrailingZeroCount(mask);
            }
        }

        for (; i < scores.Length; i++)
        {
            if (scores[i] + tolerance >= threshold)
            {
                places[count++] = i;
            }
        }

        return count;
    }

    internal override void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source[..target.Length]);
        var i = 0;
        for (; i <= target.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.AddScaled(ref Unsafe.Add(ref to, i), in Unsafe.Add(ref from, i), factor);
        }

        for (; i < target.Length; i++)
        {
            target[i] += source[i] * factor;
        }
    }

    internal override void Score(Span<double> target, in ScoreInput input)
    {
        var i = 0;
        for (; i <= target.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Score(ref target[i], in input, i);
        }

        for (; i < target.Length; i++)
        {
            Lanes1.Score(ref target[i], in input, i);
        }
    }

    private static int FirstOutside(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, double down, double up)
    {
        ref var low = ref MemoryMarshal.GetReference(lows);
        ref var high = ref MemoryMarshal.GetReference(highs);
        var i = 0;
        for (; i <= lows.Length - TLanes.Count; i += TLanes.Count)
        {
            var mask = TLanes.Outside(in Unsafe.Add(ref low, i), in Unsafe.Add(ref high, i), down, up);
            if (mask != 0)
            {
                return i + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (i < lows.Length && !(lows[i] <= down || highs[i] >= up))
        {
            i++;
        }

        return i;
    }
}
