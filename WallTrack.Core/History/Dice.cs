using System.Numerics;

namespace WallTrack.History;

/// <summary>
/// Seeded random numbers whose sequence never changes: xoshiro256** (D. Blackman and S. Vigna, "Scrambled Linear
/// Pseudorandom Number Generators", 2021), filled by SplitMix64.
/// </summary>
internal sealed class Dice
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="stream">Streams of one seed are independent of each other.</param>
    internal Dice(int seed, int stream)
    {
        var state = ((ulong)(uint)seed << 32) | (uint)stream;
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>In [0, 1).</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Mean 0, deviation 1 (Box and Muller, 1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A normal whose size is itself random: one draw in twenty is three times as wide.</summary>
    internal double FatNormal() => Normal() * (Uniform() < 0.05 ? 3 : 0.85);

    internal string Address() => string.Create(44, this, static (text, dice) =>
    {
        foreach (ref var letter in text)
        {
            letter = Base58[(int)(dice.Uniform() * Base58.Length)];
        }
    });

    internal Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
