using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>One take-profit level as it stands in the form.</summary>
public sealed class LevelForm
{
    /// <summary>The row keeps it while levels above it come and go.</summary>
    public object Key { get; } = new();

    public string Multiplier { get; set; } = "";

    /// <summary>In percent.</summary>
    public string Sells { get; set; } = "";
}

/// <summary>
/// A scenario while it is typed: every number still the text in its input. <see cref="Read"/> makes a draft of it, and
/// names what is wrong in the sentences that files get.
/// </summary>
public sealed class ScenarioForm
{
    public const int MostLevels = 10;
    private const string LevelsPath = "exit_strategy.take_profit_levels";
    private readonly Dictionary<string, string> _texts;
    private readonly ScenarioDraft _origin;
    private string _untouched;

    public ScenarioForm(ScenarioDraft draft)
    {
        _origin = draft;
        (Name, Description, Category, TrailingEnabled) = (draft.Name, draft.Description ?? "", draft.Category, draft.TrailingEnabled);
        Tags = [.. draft.Tags];
        Levels = [.. draft.TakeProfits.Select(level => new LevelForm
        {
            Multiplier = FieldText.Of(FieldUnit.Multiple, level.Multiplier),
            Sells = FieldText.Of(FieldUnit.Fraction, level.SellFraction),
        })];
        _texts = NumberField.All.ToDictionary(field => field.Path, field => FieldText.Of(field.Unit, field.Read(draft)));
        _untouched = Signature();
    }

    public string Name { get; set; }

    public string Description { get; set; }

    public ScenarioCategory Category { get; set; }

    public List<string> Tags { get; }

    public bool TrailingEnabled { get; set; }

    public List<LevelForm> Levels { get; }

    /// <summary>Something differs from what was loaded or last kept.</summary>
    public bool IsChanged => Signature() != _untouched;

    public string this[NumberField field]
    {
        get => _texts[field.Path];
        set => _texts[field.Path] = value;
    }

    /// <summary>What is in the form now is stored.</summary>
    public void Keep() => _untouched = Signature();

    /// <summary>A level above the last one, with what the others leave to be sold.</summary>
    public void AddLevel()
    {
        var draft = Read().Draft;
        var last = draft.TakeProfits.Count > 0 && draft.TakeProfits[^1].Multiplier is > 1 and < 1e6 and var multiplier ? multiplier : 1;
        var left = 1 - draft.Moonbag - draft.TakeProfits.Sum(level => level.SellFraction);
        Levels.Add(new()
        {
            Multiplier = FieldText.Of(FieldUnit.Multiple, Math.Floor(last) + 1),
            Sells = left is > 0.005 and <= 1 ? FieldText.Of(FieldUnit.Fraction, Math.Round(left, 2)) : "",
        });
    }

    /// <summary>The draft, with NaN for what is no number, and everything that keeps it from being a scenario.</summary>
    public FormReading Read()
    {
        var draft = new ScenarioDraft
        {
            Id = _origin.Id,
            Name = Name,
            Description = Description.Length > 0 ? Description : _origin.Description is "" ? "" : null,
            Category = Category,
            Tags = [.. Tags],
            TrailingEnabled = TrailingEnabled,
            CreatedAt = _origin.CreatedAt,
            UpdatedAt = _origin.UpdatedAt,
            CreatedBy = _origin.CreatedBy,
            IsPreset = _origin.IsPreset,
        };
        var unread = new List<ScenarioFault>();
        foreach (var field in NumberField.All)
            ReadNumber(field, draft, unread);
        draft.TakeProfits = [.. Levels.Select((level, place) => ReadLevel(level, place, unread))];

        // NaN is a fault to the rules as well, but what was typed says more than "NaN".
        return new(draft, [.. unread, .. draft.Faults().Where(fault => !unread.Exists(other => other.Field == fault.Field))]);
    }

    private void ReadNumber(NumberField field, ScenarioDraft draft, List<ScenarioFault> unread)
    {
        var text = _texts[field.Path];
        double? value = null;
        if (!string.IsNullOrWhiteSpace(text))
        {
            if (!FieldText.TryParse(field.Unit, text, out var number))
            {
                unread.Add(field.NotANumber(Shown(text), none: "empty"));
                number = double.NaN;
            }

            value = number;
        }

        if (value is null && !field.IsOptional)
        {
            unread.Add(field.Fault(null)!);
            value = double.NaN;
        }

        // A draft's counts are whole numbers: one that is not does not fit into it, and binds no other field.
        if (field.Unit != FieldUnit.Count)
            field.Write(draft, value);
        else if (field.Fault(value) is null)
            field.Write(draft, value);
        else if (!unread.Exists(fault => fault.Field == field.Path))
            unread.Add(field.Fault(value)!);
    }

    private static TakeProfitLevel ReadLevel(LevelForm level, int place, List<ScenarioFault> unread)
    {
        double Number(FieldUnit unit, string text, string part, string sentence)
        {
            if (FieldText.TryParse(unit, text, out var number))
                return number;
            unread.Add(new($"{LevelsPath}[{place}].{part}", $"Take-profit level {place + 1} {sentence}"));
            return double.NaN;
        }

        return new(
            Number(FieldUnit.Multiple, level.Multiplier, "multiplier", $"has multiplier {Shown(level.Multiplier)}; it must be a number, above 1."),
            Number(FieldUnit.Fraction, level.Sells, "sell_pct", $"sells {Shown(level.Sells)}; it must be a number, above 0 and at most 1 (100 %)."));
    }

    private static string Shown(string text) => string.IsNullOrWhiteSpace(text) ? "empty" : text.Length <= 60 ? $"\"{text}\"" : $"\"{text[..60]}…\"";

    private string Signature() => string.Join('\u0001',
    [
        Name, Description, $"{(int)Category}", $"{TrailingEnabled}", $"{Tags.Count}", .. Tags,
        .. Levels.SelectMany(level => new[] { level.Multiplier, level.Sells }),
        .. NumberField.All.Select(field => _texts[field.Path]),
    ]);
}

/// <param name="Draft">Complete in every field, right or wrong.</param>
public sealed record FormReading(ScenarioDraft Draft, IReadOnlyList<ScenarioFault> Faults)
{
    public bool IsScenario => Faults.Count == 0;

    /// <summary>Sentences about exactly this field, as files name it.</summary>
    public IEnumerable<string> About(string path) => Faults.Where(fault => fault.Field == path).Select(fault => fault.Sentence);

    /// <summary>How many of the faults lie in the fields of a group.</summary>
    public int CountIn(FieldGroup group) => Faults.Count(fault =>
        group.Fields.Any(field => field.Path == fault.Field)
        || (group == FieldGroup.Scoring && fault.Field == "scoring_weights")
        || (group == FieldGroup.Exit && fault.Field.StartsWith("exit_strategy.take_profit_levels", StringComparison.Ordinal)));
}
