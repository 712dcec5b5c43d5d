using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.Scenarios;

/// <summary>A scenario as the catalogue keeps it.</summary>
internal sealed class ScenarioRecord
{
    public required Guid Id { get; init; }

    /// <summary>For those who read the table; the scenario's own is in <see cref="Data"/>.</summary>
    public required string Name { get; set; }

    /// <summary>For those who read the table, like <see cref="Name"/>.</summary>
    public required ScenarioCategory Category { get; set; }

    /// <summary>The scenario's JSON, as text: a column of JSON may write numbers in its own way, and −0 has no such way.</summary>
    public required string Data { get; set; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }

    /// <summary>1 at first, one more with every change.</summary>
    public required int Version { get; set; }

    /// <exception cref="InvalidDataException">It was stored by other rules than today's, or by another hand.</exception>
    internal Scenario ToScenario()
    {
        var entry = ScenarioJson.Read(Data)[0];
        if (entry.Scenario is not { } scenario)
        {
            throw new InvalidDataException($"The stored scenario \"{Name}\" ({Id}) is not valid. {string.Join(' ', entry.Faults.Select(fault => fault.Sentence))}");
        }

        var draft = scenario.ToDraft();
        (draft.Id, draft.CreatedAt, draft.UpdatedAt) = (Id, CreatedAt, UpdatedAt);
        return Scenario.From(draft);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ScenarioRecord>
    {
        public void Configure(EntityTypeBuilder<ScenarioRecord> builder)
        {
            builder.ToTable("scenarios");
            builder.HasKey(scenario => scenario.Id);
            builder.Property(scenario => scenario.Id).HasColumnName("id").ValueGeneratedNever();
            builder.Property(scenario => scenario.Name).HasColumnName("name").HasMaxLength(ScenarioRules.NameLength);
            builder.Property(scenario => scenario.Category).HasColumnName("category").HasConversion<string>().HasMaxLength(20);
            builder.Property(scenario => scenario.Data).HasColumnName("data");
            builder.Property(scenario => scenario.CreatedAt).HasColumnName("created_at");
            builder.Property(scenario => scenario.UpdatedAt).HasColumnName("updated_at");
            builder.Property(scenario => scenario.Version).HasColumnName("version").IsConcurrencyToken();
        }
    }
}
