using System.Globalization;

namespace WallTrack.Comparison;

/// <summary>
/// Numbers as an operator reads them: a unit always has as many decimals, so that in a column the points stand under one
/// another. What would round to 0 shows its first digit instead, and what is too long its magnitude.
/// </summary>
public static class FigureText
{
    private const double TooLong = 1e6;
    private const double TooSmall = 1e-6;

    public static string Sol(double value, bool withPlus = false) => Of(value, 4, withPlus);

    /// <param name="percent">25 for a quarter.</param>
    public static string Percent(double percent, bool withPlus = false) => $"{Of(percent, 2, withPlus)} %";

    /// <inheritdoc cref="Percent"/>
    public static string Points(double percent) => $"{Of(percent, 2, withPlus: true)} pp";

    /// <summary>Of a signal, from 0 to 1.</summary>
    public static string Score(double value) => Of(value, 4, withPlus: false);

    public static string Ratio(double value, bool withPlus = false) => Of(value, 2, withPlus);

    public static string Hours(double value, bool withPlus = false) => Of(value, 1, withPlus);

    public static string Count(double value, bool withPlus = false) => Signed(value, value.ToString("#,0", CultureInfo.InvariantCulture), withPlus);

    /// <summary>Prices and quantities, which reach from 1e-12 to 1e+12 and have no decimals in common: four significant digits.</summary>
    public static string Price(double value)
    {
        var decimals = Math.Abs(value) switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, >= 1 => 3, _ => 4 };
        return value == 0 ? "0" : Math.Abs(value) is >= 0.001 and < 1e7 ? Fixed(value, decimals) : value.ToString("0.###e0", CultureInfo.InvariantCulture);
    }

    private static string Of(double value, int decimals, bool withPlus)
    {
        var text = Math.Abs(value) >= TooLong ? value.ToString("0.##e0", CultureInfo.InvariantCulture) : Fixed(value, decimals);
        return Signed(value, value == 0 || text.Any(letter => letter is >= '1' and <= '9') ? text : OneDigit(value), withPlus);
    }

    private static string OneDigit(double value) => Math.Abs(value) < TooSmall
        ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
        : Fixed(value, (int)-Math.Floor(Math.Log10(Math.Abs(value))));

    private static string Fixed(double value, int decimals) => value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);

    private static string Signed(double value, string text, bool withPlus) => withPlus && value > 0 ? "+" + text : text;
}
