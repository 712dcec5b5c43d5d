using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.Storage;

/// <summary>Columns that hold JSON as text where the product has no type for it.</summary>
internal static class JsonColumns
{
    private const string Annotation = "WallTrack:Json";

    public static PropertyBuilder<string?> HoldsJson(this PropertyBuilder<string?> property) => property.HasAnnotation(Annotation, true);

    public static void AsJsonb(ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.FindAnnotation(Annotation) is not null))
            property.SetColumnType("jsonb");
    }
}
