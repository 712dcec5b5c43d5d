using System.Text.Json;

namespace WallTrack.Scenarios;

/// <summary>Writes a scenario field by field, in the order of the documented form.</summary>
internal sealed class ScenarioJsonWriter(Utf8JsonWriter writer, Scenario scenario)
{
    private readonly ScenarioDraft _draft = scenario.ToDraft();

    /// <param name="withOrigin">With the id, and when and by whom it was written; without, only what it decides.</param>
    internal void Write(bool withOrigin)
    {
        writer.WriteStartObject();
        if (withOrigin)
        {
            writer.WriteString("id", scenario.Id);
        }

        writer.WriteString("name", scenario.Name);
        writer.WriteString("description", scenario.Description);
#pragma warning disable CA1308 // the documented words are lower case
        writer.WriteString("category", scenario.Category.ToString().ToLowerInvariant());
#pragma warning restore CA1308
        writer.WriteStartArray("tags");
        foreach (var tag in scenario.Tags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("scoring_weights");
        WriteNumbers(field => field.Path.StartsWith("scoring_weights.", StringComparison.Ordinal));
        writer.WriteEndObject();
        WriteNumbers(field => !field.Path.Contains('.', StringComparison.Ordinal));
        WriteExitStrategy();
        if (withOrigin)
        {
            WriteOrigin();
        }

        writer.WriteEndObject();
    }

    private void WriteExitStrategy()
    {
        writer.WriteStartObject("exit_strategy");
        writer.WriteStartArray("take_profit_levels");
        foreach (var (multiplier, fraction) in scenario.Exit.TakeProfits)
        {
            writer.WriteStartObject();
            writer.WriteNumber("multiplier", multiplier);
            writer.WriteNumber("sell_pct", fraction);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("trailing_stop_enabled", scenario.Exit.TrailingEnabled);
        WriteNumbers(field => field.Path.StartsWith("exit_strategy.", StringComparison.Ordinal));
        writer.WriteEndObject();
    }

    private void WriteNumbers(Func<NumberField, bool> wanted)
    {
        foreach (var field in NumberField.All.Where(wanted))
        {
            if (field.Read(_draft) is { } number)
            {
                writer.WriteNumber(field.Name, number);
            }
            else
            {
                writer.WriteNull(field.Name);
            }
        }
    }

    private void WriteOrigin()
    {
        if (scenario.CreatedAt is { } created)
        {
            writer.WriteString("created_at", Instant.Text(created));
        }

        if (scenario.UpdatedAt is { } updated)
        {
            writer.WriteString("updated_at", Instant.Text(updated));
        }

        if (scenario.CreatedBy is { } author)
        {
            writer.WriteString("created_by", author);
        }

        if (scenario.IsPreset)
        {
            writer.WriteBoolean("is_preset", true);
        }
    }
}
