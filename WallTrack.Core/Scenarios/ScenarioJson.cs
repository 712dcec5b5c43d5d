using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WallTrack.Scenarios;

/// <summary>One scenario of a file: either it is one, or here is what is wrong with it.</summary>
/// <param name="Label">For messages: its name, or its place in the file.</param>
public sealed record ScenarioEntry(string Label, Scenario? Scenario, IReadOnlyList<ScenarioFault> Faults);

/// <summary>The file cannot be read as scenarios at all.</summary>
public sealed class ScenarioFileException(string sentence, Exception? inner = null) : Exception(sentence, inner);

/// <summary>
/// The JSON form of scenarios, one object or an array of them. Missing fields take their defaults, numbers may come as
/// strings, and a field nobody knows is a fault that names it: a misspelt decision must not pass for a default.
/// </summary>
public static class ScenarioJson
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every scenario of the text, in its order, each with its faults.</summary>
    /// <exception cref="ScenarioFileException">The text is not JSON, or neither an object nor an array of objects.</exception>
    public static IReadOnlyList<ScenarioEntry> Read(string json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        var elements = root.ValueKind switch
        {
            JsonValueKind.Object => [root],
            JsonValueKind.Array when root.GetArrayLength() > 0 => root.EnumerateArray().ToArray(),
            JsonValueKind.Array => throw new ScenarioFileException("The array of scenarios is empty."),
            _ => throw new ScenarioFileException($"A scenario file holds one JSON object or an array of them, not {Kind(root)}."),
        };

        var ids = new HashSet<Guid>();
        return [.. elements.Select((element, index) => ReadOne(element, index, ids))];
    }

    /// <summary>Reading it back gives the same scenario, to the last bit of every number.</summary>
    public static string Write(Scenario scenario) => Text(Indented, writer => Write(writer, scenario));

    public static string Write(IEnumerable<Scenario> scenarios) => Text(Indented, writer =>
    {
        writer.WriteStartArray();
        foreach (var scenario in scenarios)
        {
            Write(writer, scenario);
        }

        writer.WriteEndArray();
    });

    public static void Write(Utf8JsonWriter writer, Scenario scenario) => new ScenarioJsonWriter(writer, scenario).Write(withOrigin: true);

    /// <summary>What the scenario decides, and nothing of where it came from: equal decisions, equal text.</summary>
    internal static string Decisions(Scenario scenario) => Text(Compact, writer => new ScenarioJsonWriter(writer, scenario).Write(withOrigin: false));

    private static string Text(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $" at line {line + 1}" : "";
            throw new ScenarioFileException($"This is not valid JSON{place}: check for a missing comma, quote or bracket there.", exception);
        }
    }

    private static ScenarioEntry ReadOne(JsonElement element, int index, HashSet<Guid> ids)
    {
        var place = $"scenario {index + 1}";
        if (element.ValueKind != JsonValueKind.Object)
        {
            return new(place, null, [new("", $"A scenario is a JSON object, not {Kind(element)}.")]);
        }

        var reader = new ScenarioJsonReader();
        var draft = reader.Read(element);
        var label = draft.Name.Trim() is { Length: > 0 and <= ScenarioRules.NameLength } name ? name : place;
        var faults = reader.Faults.Concat(draft.Faults().Where(fault => !reader.Explains(fault))).ToList();
        if (draft.Id is { } id && !ids.Add(id))
        {
            faults.Add(new("id", $"Id {id} stands in this file twice; each scenario needs its own."));
        }

        if (faults.Count > 0)
        {
            return new(label, null, faults);
        }

        var scenario = Scenario.From(draft);
        for (var copy = 2; draft.Id is null && !ids.Add(scenario.Id); copy++)
        {
            var copyId = ContentId.Of("scenario copy", string.Create(CultureInfo.InvariantCulture, $"{scenario.Id} {copy}"));
            if (ids.Add(copyId))
            {
                draft.Id = copyId;
                scenario = Scenario.From(draft);
            }
        }

        return new(label, scenario, []);
    }

    internal static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
