namespace WallTrack.Batches.Packing;

/// <summary>
/// How the numbers of a trade follow from few others, as the simulator has them from its scenario and the history. They
/// are guesses: what is stored of a number is how far, in steps from float to float, it lies from what its formula says,
/// and that is 0 as a rule; a number that follows no formula costs a few bytes more and comes back all the same.
/// Writer and reader use the same formulas, so that nothing depends on the simulator's own.
/// </summary>
internal static class TradeFormulas
{
    /// <summary>Steps of a score in 1: components in four decimals by weights and an amplification in two.</summary>
    internal const double ScoreSteps = 1e8;

    /// <summary>Steps in a basis point, of slippage and of fees.</summary>
    internal const double BasisPointSteps = 1e4;

    /// <summary>Steps of a network fee in 1 SOL.</summary>
    internal const double NetworkFeeSteps = 1e12;

    /// <summary>Steps of a fraction of the quantity in 1.</summary>
    internal const double FractionSteps = 1e12;

    /// <summary>Steps of a level's multiple of the entry price in 1.</summary>
    internal const double LevelSteps = 1e9;

    private const double LargestWhole = 1L << 51;
    private const int MostDecimals = 22; // 10^22 is the last power of ten that a double holds exactly
    private const int PriceDigits = 10;
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, MostDecimals + 1).Select(exponent => double.Parse($"1e{exponent}"))];

    internal static double EntryFactor(long slippage) => 1 + (slippage / BasisPointSteps / 10000);

    internal static double SaleFactor(long slippage) => 1 - (slippage / BasisPointSteps / 10000);

    internal static double Quantity(double sizeSol, double solUsd, double entryPrice) => sizeSol * solUsd / entryPrice;

    internal static double Fraction(long steps) => steps / FractionSteps;

    internal static double Level(long steps) => steps / LevelSteps;

    internal static double Decimal(long digits, int decimals) => digits / PowersOfTen[decimals];

    /// <summary>The nearest whole number.</summary>
    /// <param name="otherwise">For what is none or too large.</param>
    internal static long Nearest(double number, long otherwise)
    {
        // Added to this number, another has no fraction left and its digits at the end; Math.Round and a cast take three times as long.
        const double aligning = 3L << 51;
        return Math.Abs(number) < LargestWhole
            ? BitConverter.DoubleToInt64Bits(number + aligning) - BitConverter.DoubleToInt64Bits(aligning)
            : otherwise;
    }

    /// <param name="otherwise">For what has no such digits.</param>
    internal static long DigitsOf(double number, int decimals, long otherwise) => Nearest(number * PowersOfTen[decimals], otherwise);

    /// <summary>A price in ten significant digits, as files give them.</summary>
    internal static (long Digits, int Decimals) DigitsOf(double price)
    {
        var exponent = (int)((BitConverter.DoubleToUInt64Bits(price) >> 52) & 0x7FF) - 1023;
        var decimals = Math.Clamp(PriceDigits - 1 - ((exponent * 1233) >> 12), 0, MostDecimals); // 1233/4096 is log10 of 2
        if (decimals > 0 && price * PowersOfTen[decimals] >= PowersOfTen[PriceDigits])
        {
            decimals--;
        }

        return (Math.Max(0, Nearest(price * PowersOfTen[decimals], 0)), decimals);
    }

    /// <summary>How far a number lies from what was expected of it, in steps from float to float.</summary>
    internal static ulong Miss(double number, double expected) => PackedWriter.Fold(BitConverter.DoubleToInt64Bits(number) - Bits(expected));

    /// <summary>The number that lies so far from what was expected of it.</summary>
    internal static double Hit(ulong miss, double expected) => BitConverter.Int64BitsToDouble(Bits(expected) + PackedReader.Unfold(miss));

    /// <summary>Machines differ in which NaN they make of 0/0; here it counts as 0.</summary>
    private static long Bits(double expected) => double.IsNaN(expected) ? 0 : BitConverter.DoubleToInt64Bits(expected);
}
