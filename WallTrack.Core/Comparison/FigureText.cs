using System.Globalization;

namespace WallTrack.Comparison;

/// <summary>Numbers as an operator reads them.</summary>
public static class FigureText
{
    /// <summary>At most four significant digits, and at most four decimals.</summary>
    /// <param name="withPlus">With a plus where it is one.</param>
    public static string Of(double value, bool withPlus = false)
    {
        if (value == 0)
        {
            return "0";
        }

        var decimals = Math.Abs(value) switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, >= 1 => 3, _ => 4 };
        var text = value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
        return withPlus && value > 0 && text.Any(c => c is >= '1' and <= '9') ? "+" + text : text;
    }
}
