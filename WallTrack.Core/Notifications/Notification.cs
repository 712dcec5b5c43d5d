using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WallTrack.Notifications;

/// <summary>Something that operators should hear of, stored with what it is about.</summary>
public sealed class Notification
{
    public required Guid Id { get; init; }

    /// <summary>The batch that it is about.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    public required string Text { get; init; }

    /// <summary>Whether something failed.</summary>
    public required bool IsBad { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ReadAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Notification>
    {
        public const string Table = "notifications";

        public static readonly string[] Columns = ["id", "batch_id", "title", "text", "is_bad", "created_at"];

        public void Configure(EntityTypeBuilder<Notification> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(notification => notification.Id);
            builder.HasIndex(notification => notification.CreatedAt);
            builder.HasIndex(notification => notification.BatchId);
            builder.Property(notification => notification.Id).HasColumnName("id");
            builder.Property(notification => notification.BatchId).HasColumnName("batch_id");
            builder.Property(notification => notification.Title).HasColumnName("title");
            builder.Property(notification => notification.Text).HasColumnName("text");
            builder.Property(notification => notification.IsBad).HasColumnName("is_bad");
            builder.Property(notification => notification.CreatedAt).HasColumnName("created_at");
            builder.Property(notification => notification.ReadAt).HasColumnName("read_at");
        }

        public static object?[] Row(Notification notification) =>
            [notification.Id, notification.BatchId, notification.Title, notification.Text, notification.IsBad, notification.CreatedAt];
    }
}
