using System.Collections.Immutable;
using System.Globalization;

namespace WallTrack.Comparison;

/// <summary>A distance between ticks: 1, 2, 2.5 or 5 times a power of ten.</summary>
internal readonly record struct RoundStep(double Round, int Power)
{
    private const int MostDecimals = 12;
    private static readonly (double From, double Unit, string Suffix)[] Scales = [(1e13, 1e12, " T"), (1e10, 1e9, " B"), (1e7, 1e6, " M"), (0, 1, "")];

    private int Decimals => Round == 2.5 ? 1 - Power : -Power;

    /// <summary>The first and the last multiple between two numbers; the last before the first when there is none.</summary>
    internal (double First, double Last) Inside(double low, double high)
    {
        var (first, last) = (Math.Ceiling(low / At(1)), Math.Floor(high / At(1)));
        // A division may have rounded to the next multiple.
        return (At(first) < low ? first + 1 : first, At(last) > high ? last - 1 : last);
    }

    internal ImmutableArray<AxisTick<double>> Ticks(double first, double last)
    {
        var ticks = ImmutableArray.CreateBuilder<AxisTick<double>>();
        var largest = Math.Max(Math.Abs(At(first)), Math.Abs(At(last)));
        for (var count = first; count <= last; count++)
        {
            ticks.Add(new(At(count), Text(At(count), largest)));
        }

        return ticks.DrainToImmutable();
    }

    /// <summary>Divided by a power of ten rather than multiplied by its inverse, which is no double: 3 steps of 0.1 are 0.3.</summary>
    private double At(double count) => Power >= 0 ? count * Round * Math.Pow(10, Power) : (count * Round / Math.Pow(10, -Power)) + 0.0;

    private string Text(double value, double largest)
    {
        if (value == 0)
        {
            return "0";
        }

        if (largest >= 1e15 || Decimals > MostDecimals)
        {
            var digits = (int)Math.Floor(Math.Log10(Math.Abs(value))) + Math.Max(Decimals, -400);
            return value.ToString($"0.{new string('#', Math.Clamp(digits, 0, 15))}e0", CultureInfo.InvariantCulture);
        }

        var (_, unit, suffix) = Array.Find(Scales, scale => largest >= scale.From);
        var decimals = Math.Max(0, Decimals + (int)Math.Log10(unit));
        return (value / unit).ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture) + suffix;
    }
}
