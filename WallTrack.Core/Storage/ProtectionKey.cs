using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.Storage;

/// <summary>
/// A key of ASP.NET Core's data protection, as the XML that it is made of. Kept here, so that what one process signed,
/// a form's token or a page's state, another one accepts, also after a restart.
/// </summary>
public sealed class ProtectionKey
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProtectionKey>
    {
        public void Configure(EntityTypeBuilder<ProtectionKey> builder)
        {
            builder.ToTable("data_protection_keys");
            builder.HasKey(key => key.Id);
            builder.Property(key => key.Id).HasColumnName("id");
            builder.Property(key => key.Name).HasColumnName("name").HasMaxLength(200);
            builder.Property(key => key.Xml).HasColumnName("xml");
        }
    }
}
