using System.Globalization;
using System.Text.Json;

namespace WallTrack.Scenarios;

/// <summary>Fills a draft from one JSON object and notes what it cannot understand; legality is the draft's own matter.</summary>
internal sealed class ScenarioJsonReader
{
    private static readonly Dictionary<string, NumberField> Numbers = NumberField.All.ToDictionary(field => field.Path, StringComparer.Ordinal);
    private readonly List<ScenarioFault> _faults = [];
    private readonly ScenarioDraft _draft = new();

    internal IReadOnlyList<ScenarioFault> Faults => _faults;

    /// <summary>The draft's fault only follows from one that reading has already named.</summary>
    internal bool Explains(ScenarioFault later) => _faults.Exists(fault => IsOrHolds(fault.Field, later.Field) || IsOrHolds(later.Field, fault.Field));

    internal ScenarioDraft Read(JsonElement scenario)
    {
        ReadObject(scenario, "");
        if (!scenario.TryGetProperty("name", out _))
        {
            _faults.Add(new("name", $"Name is missing; it must have 1 to {ScenarioRules.NameLength} characters."));
        }

        return _draft;
    }

    private static bool IsOrHolds(string field, string other) =>
        other.StartsWith(field, StringComparison.Ordinal) && (other.Length == field.Length || (field.Length > 0 && other[field.Length] is '.' or '['));

    private void ReadObject(JsonElement element, string prefix)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (!seen.Add(property.Name))
            {
                Fault(path, $"Field \"{path}\" stands twice.");
            }
            else if (property.Name.Contains('.', StringComparison.Ordinal))
            {
                Fault(path, $"Field \"{path}\" is unknown."); // a nested field is nested, not written with dots
            }
            else if (Numbers.TryGetValue(path, out var number))
            {
                ReadNumber(number, property.Value);
            }
            else
            {
                ReadOther(path, property.Value);
            }
        }
    }

    private void ReadOther(string path, JsonElement value)
    {
        switch (path)
        {
            case "id":
                _draft.Id = value.ValueKind == JsonValueKind.Null ? null
                    : value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var id) ? id
                    : Bad<Guid?>(path, $"Id is {Shown(value)}; it must be a UUID.");
                break;
            case "name":
                _draft.Name = ReadText(path, value) ?? "";
                break;
            case "description":
                _draft.Description = ReadText(path, value);
                break;
            case "category":
                _draft.Category = ReadCategory(value);
                break;
            case "tags":
                ReadTags(value);
                break;
            case "scoring_weights" or "exit_strategy" when value.ValueKind == JsonValueKind.Object:
                ReadObject(value, path + ".");
                break;
            case "scoring_weights" or "exit_strategy":
                Fault(path, $"Field \"{path}\" is {ScenarioJson.Kind(value)}; it must be an object.");
                break;
            case "exit_strategy.trailing_stop_enabled":
                _draft.TrailingEnabled = ReadBoolean(path, value);
                break;
            case "exit_strategy.take_profit_levels":
                ReadTakeProfits(path, value);
                break;
            case "created_at":
                _draft.CreatedAt = ReadInstant(path, value);
                break;
            case "updated_at":
                _draft.UpdatedAt = ReadInstant(path, value);
                break;
            case "created_by":
                _draft.CreatedBy = ReadText(path, value);
                break;
            case "is_preset":
                _draft.IsPreset = ReadBoolean(path, value);
                break;
            default:
                Fault(path, $"Field \"{path}\" is unknown.");
                break;
        }
    }

    private void ReadNumber(NumberField field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null && field.IsOptional)
        {
            field.Write(_draft, null);
        }
        else if (Number(value) is not { } number)
        {
            _faults.Add(field.NotANumber(Shown(value), none: "null"));
        }
        else if (field.Unit == FieldUnit.Count && field.Fault(number) is { } fault)
        {
            _faults.Add(fault); // a draft's counts are whole numbers: this one does not fit into it
        }
        else
        {
            field.Write(_draft, number);
        }
    }

    private void ReadTakeProfits(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(path, $"Field \"{path}\" is {ScenarioJson.Kind(value)}; it must be an array of levels.");
            return;
        }

        var levels = new List<TakeProfitLevel>();
        foreach (var level in value.EnumerateArray())
        {
            levels.Add(ReadTakeProfit($"{path}[{levels.Count}]", level));
        }

        _draft.TakeProfits = levels;
    }

    private TakeProfitLevel ReadTakeProfit(string path, JsonElement level)
    {
        if (level.ValueKind != JsonValueKind.Object)
        {
            return Bad<TakeProfitLevel>(path, $"Field \"{path}\" is {ScenarioJson.Kind(level)}; a level is an object with multiplier and sell_pct.");
        }

        double? multiplier = null, fraction = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in level.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                Fault($"{path}.{property.Name}", $"Field \"{path}.{property.Name}\" stands twice.");
            }

            switch (property.Name)
            {
                case "multiplier":
                    multiplier = LevelNumber(path, property);
                    break;
                case "sell_pct":
                    fraction = LevelNumber(path, property);
                    break;
                default:
                    Fault($"{path}.{property.Name}", $"Field \"{path}.{property.Name}\" is unknown.");
                    break;
            }
        }

        if (multiplier is null || fraction is null)
        {
            Fault(path, $"Field \"{path}\" needs both multiplier and sell_pct.");
        }

        return new(multiplier ?? double.NaN, fraction ?? double.NaN);
    }

    private double LevelNumber(string path, JsonProperty property) =>
        Number(property.Value) ?? Bad<double>($"{path}.{property.Name}", $"Field \"{path}.{property.Name}\" is {Shown(property.Value)}; it must be a number.", double.NaN);

    private ScenarioCategory ReadCategory(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && Enum.GetNames<ScenarioCategory>().Contains(value.GetString(), StringComparer.OrdinalIgnoreCase)
        && Enum.TryParse<ScenarioCategory>(value.GetString(), ignoreCase: true, out var category)
            ? category
            : Bad("category", $"Category is {Shown(value)}; it must be one of {string.Join(", ", Enum.GetNames<ScenarioCategory>().Select(name => name.ToLowerInvariant()))}.", ScenarioCategory.Custom);

    private void ReadTags(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String))
        {
            _draft.Tags = [.. value.EnumerateArray().Select(tag => tag.GetString()!)];
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            Fault("tags", "Tags must be an array of texts.");
        }
    }

    private string? ReadText(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => Bad<string?>(path, $"Field \"{path}\" is {ScenarioJson.Kind(value)}; it must be a text."),
    };

    private bool ReadBoolean(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Bad<bool>(path, $"Field \"{path}\" is {Shown(value)}; it must be true or false."),
    };

    private DateTime? ReadInstant(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number && Instant.TryParse(value.ToString(), out var instant) ? instant
        : Bad<DateTime?>(path, $"Field \"{path}\" is {Shown(value)}; it must be an instant such as 2026-07-01T00:00:00Z.");

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string Shown(JsonElement value)
    {
        var raw = value.GetRawText();
        return raw.Length <= 60 ? raw : raw[..60] + "…";
    }

    private void Fault(string path, string sentence) => _faults.Add(new(path, sentence));

    private T? Bad<T>(string path, string sentence, T? instead = default)
    {
        Fault(path, sentence);
        return instead;
    }
}
