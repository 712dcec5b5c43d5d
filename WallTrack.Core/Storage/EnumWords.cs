using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WallTrack.Storage;

/// <summary>Enums are stored as the words that files and operators use: <c>completed</c>, <c>below_threshold</c>.</summary>
internal static class EnumWords
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static PropertyBuilder<TEnum> AsWord<TEnum>(this PropertyBuilder<TEnum> property)
        where TEnum : struct, Enum
    {
        var words = Enum.GetValues<TEnum>().ToDictionary(Of, value => value, StringComparer.Ordinal);
        return property.HasMaxLength(20).HasConversion(new ValueConverter<TEnum, string>(value => Of(value), word => words[word]));
    }
}
