using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WallTrack.Simulation;

/// <summary>
/// A vector width: how many doubles one instruction takes. Every kernel is written once over this and meets the same
/// tests at each width; the JIT makes a version of its own for each.
/// </summary>
/// <remarks>Elementwise only, and never fused (a·b + c rounds twice): so each width gives the same bits.</remarks>
internal interface ILanes
{
    static abstract int Count { get; }

    /// <summary>One bit a lane: low ≤ down or high ≥ up.</summary>
    static abstract uint Outside(ref readonly double low, ref readonly double high, double down, double up);

    /// <summary>One bit a lane: value + tolerance ≥ level.</summary>
    static abstract uint AtLeast(ref readonly double value, double tolerance, double level);

    /// <summary>target += source · factor.</summary>
    static abstract void AddScaled(ref double target, ref readonly double source, double factor);

    /// <summary>target = clamp(((a·wa + b·wb·boost) + c·wc) + d·wd, 0, 1), products as w·x.</summary>
    static abstract void Score(ref double target, in ScoreInput input, int at);
}

/// <summary>The columns that a score is made of, and their weights.</summary>
internal readonly ref struct ScoreInput
{
    internal required ReadOnlySpan<double> Wallet { get; init; }

    internal required ReadOnlySpan<double> Cluster { get; init; }

    internal required ReadOnlySpan<double> Amplification { get; init; }

    internal required ReadOnlySpan<double> Token { get; init; }

    internal required ReadOnlySpan<double> Context { get; init; }

    internal required Scenarios.ScoringWeights Weights { get; init; }
}

internal readonly struct Lanes1 : ILanes
{
    public static int Count => 1;

    public static uint Outside(ref readonly double low, ref readonly double high, double down, double up) => low <= down || high >= up ? 1u : 0;

    public static uint AtLeast(ref readonly double value, double tolerance, double level) => value + tolerance >= level ? 1u : 0;

    public static void AddScaled(ref double target, ref readonly double source, double factor) => target += source * factor;

    public static void Score(ref double target, in ScoreInput input, int at)
    {
        var w = input.Weights;
        var sum = w.Wallet * input.Wallet[at];
        sum += w.Cluster * input.Cluster[at] * input.Amplification[at];
        sum += w.Token * input.Token[at];
        sum += w.Context * input.Context[at];
        target = Math.Clamp(sum, 0, 1);
    }
}

internal readonly struct Lanes2 : ILanes
{
    public static int Count => 2;

    public static uint Outside(ref readonly double low, ref readonly double high, double down, double up) =>
        (Vector128.LessThanOrEqual(Vector128.LoadUnsafe(in low), Vector128.Create(down))
            | Vector128.GreaterThanOrEqual(Vector128.LoadUnsafe(in high), Vector128.Create(up))).ExtractMostSignificantBits();

    public static uint AtLeast(ref readonly double value, double tolerance, double level) =>
        Vector128.GreaterThanOrEqual(Vector128.LoadUnsafe(in value) + Vector128.Create(tolerance), Vector128.Create(level)).ExtractMostSignificantBits();

    public static void AddScaled(ref double target, ref readonly double source, double factor) =>
        (Vector128.LoadUnsafe(ref target) + (Vector128.LoadUnsafe(in source) * factor)).StoreUnsafe(ref target);

    public static void Score(ref double target, in ScoreInput input, int at)
    {
        var w = input.Weights;
        var sum = w.Wallet * Vector128.LoadUnsafe(in input.Wallet[at]);
        sum += w.Cluster * Vector128.LoadUnsafe(in input.Cluster[at]) * Vector128.LoadUnsafe(in input.Amplification[at]);
        sum += w.Token * Vector128.LoadUnsafe(in input.Token[at]);
        sum += w.Context * Vector128.LoadUnsafe(in input.Context[at]);
        Vector128.Min(Vector128.Max(sum, Vector128<double>.Zero), Vector128<double>.One).StoreUnsafe(ref target);
    }
}

internal readonly struct Lanes4 : ILanes
{
    public static int Count => 4;

    public static uint Outside(ref readonly double low, ref readonly double high, double down, double up) =>
        (Vector256.LessThanOrEqual(Vector256.LoadUnsafe(in low), Vector256.Create(down))
            | Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(in high), Vector256.Create(up))).ExtractMostSignificantBits();

    public static uint AtLeast(ref readonly double value, double tolerance, double level) =>
        Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(in value) + Vector256.Create(tolerance), Vector256.Create(level)).ExtractMostSignificantBits();

    public static void AddScaled(ref double target, ref readonly double source, double factor) =>
        (Vector256.LoadUnsafe(ref target) + (Vector256.LoadUnsafe(in source) * factor)).StoreUnsafe(ref target);

    public static void Score(ref double target, in ScoreInput input, int at)
    {
        var w = input.Weights;
        var sum = w.Wallet * Vector256.LoadUnsafe(in input.Wallet[at]);
        sum += w.Cluster * Vector256.LoadUnsafe(in input.Cluster[at]) * Vector256.LoadUnsafe(in input.Amplification[at]);
        sum += w.Token * Vector256.LoadUnsafe(in input.Token[at]);
        sum += w.Context * Vector256.LoadUnsafe(in input.Context[at]);
        Vector256.Min(Vector256.Max(sum, Vector256<double>.Zero), Vector256<double>.One).StoreUnsafe(ref target);
    }
}

internal readonly struct Lanes8 : ILanes
{
    public static int Count => 8;

    public static uint Outside(ref readonly double low, ref readonly double high, double down, double up) =>
        (uint)(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(in low), Vector512.Create(down))
            | Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(in high), Vector512.Create(up))).ExtractMostSignificantBits();

    public static uint AtLeast(ref readonly double value, double tolerance, double level) =>
        (uint)Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(in value) + Vector512.Create(tolerance), Vector512.Create(level)).ExtractMostSignificantBits();

    public static void AddScaled(ref double target, ref readonly double source, double factor) =>
        (Vector512.LoadUnsafe(ref target) + (Vector512.LoadUnsafe(in source) * factor)).StoreUnsafe(ref target);

    public static void Score(ref double target, in ScoreInput input, int at)
    {
        var w = input.Weights;
        var sum = w.Wallet * Vector512.LoadUnsafe(in input.Wallet[at]);
        sum += w.Cluster * Vector512.LoadUnsafe(in input.Cluster[at]) * Vector512.LoadUnsafe(in input.Amplification[at]);
        sum += w.Token * Vector512.LoadUnsafe(in input.Token[at]);
        sum += w.Context * Vector512.LoadUnsafe(in input.Context[at]);
        Vector512.Min(Vector512.Max(sum, Vector512<double>.Zero), Vector512<double>.One).StoreUnsafe(ref target);
    }
}
