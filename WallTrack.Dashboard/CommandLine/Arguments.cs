using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace WallTrack.Dashboard.CommandLine;

/// <summary>Options whose refusals are written for operators.</summary>
internal static class Arguments
{
    /// <summary>A text that is not empty.</summary>
    public static Option<string?> Text(string name, string valueName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = valueName };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"{name} is empty.");
        });
        return option;
    }

    public static Option<int?> Whole(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Parsed(result, name, "a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : (int?)null),
    };

    public static Option<double?> Number(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Parsed(result, name, "a number such as 150 or 150.25", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null),
    };

    private static T? Parsed<T>(ArgumentResult result, string name, string what, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (parse(text) is { } value)
            return value;
        result.AddError($"{name} is \"{text}\"; it must be {what}.");
        return null;
    }
}
