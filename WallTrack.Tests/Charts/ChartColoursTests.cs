using System.Globalization;
using System.Text.RegularExpressions;
using WallTrack.Tests.Architecture;

namespace WallTrack.Tests.Charts;

/// <summary>The colours of charts, read from the style sheets, as different eyes see them.</summary>
/// <remarks>
/// Colour blindness: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of
/// Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1. Distances: Oklab
/// (B. Ottosson, 2020), where about 0.02 can just be told apart. Contrast: WCAG 2.2.
/// </remarks>
public sealed partial class ChartColoursTests
{
    private const double Apart = 0.09;

    private static readonly Dictionary<string, double[]> Eyes = new()
    {
        ["usual"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["without red"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["without green"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["without blue"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_eye_tells_ten_series_apart(string theme)
    {
        var series = Colours(theme).Where(colour => colour.Key.StartsWith("--series-", StringComparison.Ordinal)).ToList();

        Assert.Equal(10, series.Count);
        AssertApart(series);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_eye_tells_gains_from_losses(string theme) =>
        AssertApart([.. Colours(theme).Where(colour => colour.Key is "--gain" or "--loss")]);

    [Theory]
    [MemberData(nameof(Themes))]
    public void Lines_stand_out_from_the_page_and_words_can_be_read(string theme)
    {
        var colours = Colours(theme);
        foreach (var (name, colour) in colours.Where(colour => colour.Key.StartsWith("--series-", StringComparison.Ordinal) || colour.Key is "--gain" or "--loss"))
        {
            foreach (var ground in new[] { "--panel", "--ground" })
                Assert.True(Contrast(colour, colours[ground]) >= (name is "--gain" or "--loss" ? 4.5 : 3), $"{name} on {ground} has a contrast of {Contrast(colour, colours[ground]):0.00}");
        }
    }

    private static void AssertApart(List<KeyValuePair<string, double[]>> colours)
    {
        foreach (var (eyes, matrix) in Eyes)
        {
            for (var i = 0; i < colours.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var distance = Distance(Oklab(colours[i].Value, matrix), Oklab(colours[j].Value, matrix));
                    Assert.True(distance >= Apart, $"{colours[i].Key} and {colours[j].Key} are {distance:0.000} apart for eyes {eyes}");
                }
            }
        }
    }

    /// <summary>By the name of their variable, as linear red, green and blue.</summary>
    private static Dictionary<string, double[]> Colours(string theme)
    {
        var colours = new Dictionary<string, double[]>();
        foreach (var sheet in new[] { "app.css", "charts.css" })
        {
            var text = File.ReadAllText(Path.Combine(SourceTree.Root.FullName, "WallTrack.Dashboard", "wwwroot", sheet));
            var dark = text.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal);
            Assert.True(dark > 0, $"{sheet} has no dark theme");
            foreach (Match match in Variable.Matches(theme == "dark" ? text[dark..] : text[..dark]))
                colours[match.Groups["name"].Value] = [.. match.Groups["hex"].Value.Chunk(2).Select(two => Linear(int.Parse(two, NumberStyles.HexNumber) / 255.0))];
        }

        return colours;
    }

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);

    private static double[] Oklab(double[] colour, double[] eyes)
    {
        var seen = Times(eyes, colour).Select(channel => Math.Clamp(channel, 0, 1)).ToArray();
        var cones = Times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], seen);
        return Times([0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660], [.. cones.Select(Math.Cbrt)]);
    }

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => matrix[(3 * row) + column] * vector[column]))];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Contrast(double[] a, double[] b)
    {
        var luminances = new[] { a, b }.Select(colour => (0.2126 * colour[0]) + (0.7152 * colour[1]) + (0.0722 * colour[2]) + 0.05).ToArray();
        return luminances.Max() / luminances.Min();
    }

    [GeneratedRegex("(?<name>--[a-z0-9-]+): #(?<hex>[0-9a-f]{6});")]
    private static partial Regex Variable { get; }
}
