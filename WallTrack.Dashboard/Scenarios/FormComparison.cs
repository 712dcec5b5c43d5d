using WallTrack.Scenarios;

namespace WallTrack.Dashboard.Scenarios;

/// <summary>Where the form decides otherwise than another scenario. Names and descriptions decide nothing.</summary>
public sealed class FormComparison
{
    private readonly Dictionary<string, string> _fields = [];
    private readonly string?[] _levels;

    /// <param name="called">In the place of the other's name.</param>
    public FormComparison(Scenario other, FormReading reading, string? called = null)
    {
        OtherName = called ?? other.Name;
        var (mine, theirs) = (reading.Draft, other.ToDraft());
        foreach (var field in NumberField.All)
        {
            if (field.Read(theirs) != field.Read(mine) || reading.About(field.Path).Any())
                _fields[field.Path] = FieldText.WithUnit(field.Unit, field.Read(theirs));
        }

        Category = mine.Category == theirs.Category ? null : ScenarioWords.Category(theirs.Category);
        theirs.Tags.Remove(ScenarioCopy.PresetTag); // a copy loses it: that is no difference between the two
        Tags = mine.Tags.Order(StringComparer.Ordinal).SequenceEqual(theirs.Tags.Order(StringComparer.Ordinal)) ? null
            : theirs.Tags.Count == 0 ? FieldText.None : string.Join(", ", theirs.Tags);
        TrailingEnabled = mine.TrailingEnabled == theirs.TrailingEnabled ? null : theirs.TrailingEnabled ? "on" : "off";
        _levels = [.. mine.TakeProfits.Select((level, place) => place >= theirs.TakeProfits.Count ? "no such level" : level == theirs.TakeProfits[place] ? null : ScenarioWords.Level(theirs.TakeProfits[place]))];
        MoreLevels = [.. theirs.TakeProfits.Skip(_levels.Length).Select(ScenarioWords.Level)];
    }

    public string OtherName { get; }

    /// <summary>The other's category where it differs, and so on for the rest.</summary>
    public string? Category { get; }

    public string? Tags { get; }

    public string? TrailingEnabled { get; }

    /// <summary>Take-profit levels that only the other has.</summary>
    public IReadOnlyList<string> MoreLevels { get; }

    public int Count => _fields.Count + _levels.Count(level => level is not null) + MoreLevels.Count + new[] { Category, Tags, TrailingEnabled }.Count(other => other is not null);

    public string? Of(NumberField field) => _fields.GetValueOrDefault(field.Path);

    public string? OfLevel(int place) => place < _levels.Length ? _levels[place] : null;
}
