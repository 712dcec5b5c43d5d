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

        var drafts = elements.Select(Draft).ToList();
        var ids = new HashSet<Guid>();
        foreach (var (draft, faults) in drafts)
        {
            if (draft?.Id is { } id && !ids.Add(id))
            {
                faults.Add(new("id", $"Id {id} stands in this file twice; each scenario needs its own."));
            }
        }

        // Ids that the file gives are all known by now, so a derived one can make way for them.
        return [.. drafts.Select((read, index) => Entry(read.Draft, read.Faults, $"scenario {index + 1}", ids))];
    }

    /// <summary>Reading it back gives the same scenario, to the last bit of every number.</summary>
    public static string Write(Scenario scenario) => Text(Indented, writer => Write(writer, scenario));

    /// <summary>The same in one line.</summary>
    internal static string WriteCompact(Scenario scenario) => Text(Compact, writer => Write(writer, scenario));

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

    /// <summary>What one element says, and what is wrong with it; no draft when it is no object at all.</summary>
    private static (ScenarioDraft? Draft, List<ScenarioFault> Faults) Draft(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, [new("", $"A scenario is a JSON object, not {Kind(element)}.")]);
        }

        try
        {
            var reader = new ScenarioJsonReader();
            var draft = reader.Read(element);
            return (draft, [.. reader.Faults, .. draft.Faults().Where(fault => !reader.Explains(fault))]);
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's word for a text that ends in the middle of a character.
            return (null, [new("", "A text in it holds half a character (a lone surrogate such as \\ud800), which is no valid text.")]);
        }
    }

    private static ScenarioEntry Entry(ScenarioDraft? draft, List<ScenarioFault> faults, string place, HashSet<Guid> ids)
    {
        var label = draft?.Name.Trim() is { Length: > 0 and <= ScenarioRules.NameLength } name ? name : place;
        if (draft is null || faults.Count > 0)
        {
            return new(label, null, faults);
        }

        var scenario = Scenario.From(draft);
        for (var copy = 2; draft.Id is null && !ids.Add(scenario.Id); copy++)
        {
            var copyId = ContentId.Of("scenario copy", $"{scenario.Id} {copy}");
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
