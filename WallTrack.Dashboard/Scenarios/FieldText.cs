using System.Globalization;
using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>
/// Numbers of a scenario as a form shows them: fractions in percent, everything else as it is, and every digit that it
/// takes, so that a form which is saved untouched changes no bit.
/// </summary>
internal static class FieldText
{
    public const string None = "none";
    private const int DecimalDigits = 28; // a decimal holds them exactly

    /// <summary>Behind a label or a number; empty where there is nothing to say.</summary>
    public static string UnitOf(FieldUnit unit) => unit switch
    {
        FieldUnit.Fraction => "%",
        FieldUnit.Multiple => "×",
        FieldUnit.Sol => "SOL",
        FieldUnit.Usd => "USD",
        FieldUnit.BasisPoints => "bps",
        FieldUnit.Seconds => "s",
        FieldUnit.Minutes => "min",
        FieldUnit.Hours => "h",
        _ => "",
    };

    /// <summary>For an input; empty for none.</summary>
    public static string Of(FieldUnit unit, double? value) =>
        value is not { } number ? "" : unit == FieldUnit.Fraction ? Scaled(Plain(number), 2) : Plain(number);

    /// <summary>To be read: at most four significant digits where there are more than eight, and the unit.</summary>
    public static string WithUnit(FieldUnit unit, double? value)
    {
        if (value is not { } number)
            return None;
        var exact = Of(unit, number);
        var text = exact.Length <= 8 ? exact : (unit == FieldUnit.Fraction ? number * 100 : number).ToString("G4", CultureInfo.InvariantCulture);
        return unit switch
        {
            FieldUnit.Multiple => $"{text}×",
            FieldUnit.None or FieldUnit.Count => text,
            _ => $"{text} {UnitOf(unit)}",
        };
    }

    /// <summary>False when the text is no number; a percent sign or the unit behind it does no harm.</summary>
    public static bool TryParse(FieldUnit unit, string text, out double value)
    {
        var number = text.Trim();
        var sign = UnitOf(unit);
        if (sign.Length > 0 && number.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
            number = number[..^sign.Length].TrimEnd();
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && (unit != FieldUnit.Fraction || !double.IsFinite(value) || double.TryParse(Scaled(number, -2), NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// The same digits with the point moved: dividing by a hundred would now and then land on the neighbour of the
    /// number that a file writes.
    /// </summary>
    private static string Scaled(string number, int places)
    {
        var at = number.IndexOfAny(['e', 'E']);
        var (digits, exponent) = (at < 0 ? number : number[..at], 0);
        if (at >= 0 && !int.TryParse(number.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return number; // an exponent beyond all measure: it is 0, or nothing that could be moved
        exponent += places;
        return digits.Length - Math.Min(exponent, 0) <= DecimalDigits
            && decimal.TryParse($"{digits}E{exponent}", NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
                ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
                : $"{digits}E{exponent}";
    }
}
