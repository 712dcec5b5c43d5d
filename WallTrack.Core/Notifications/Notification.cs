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

    /// <summary>When the webhook is to be called next; null once it was called, or given up.</summary>
    public DateTime? DeliverAt { get; init; }

    /// <summary>Calls of the webhook that were begun.</summary>
    public int DeliveryAttempts { get; init; }

    /// <summary>Why the last call failed; null when none did, or a later one went through.</summary>
    public string? DeliveryError { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Notification>
    {
        public const string Table = "notifications";

        public static readonly string[] Columns = ["id", "batch_id", "title", "text", "is_bad", "created_at", "deliver_at", "delivery_attempts"];

        public void Configure(EntityTypeBuilder<Notification> builder)
        {
            builder.ToTable(Table);
            builder.HasKey(notification => notification.Id);
            builder.HasIndex(notification => notification.CreatedAt);
            builder.HasIndex(notification => notification.BatchId);
            builder.HasIndex(notification => notification.DeliverAt).HasFilter("deliver_at IS NOT NULL");
            builder.Property(notification => notification.Id).HasColumnName("id");
            builder.Property(notification => notification.BatchId).HasColumnName("batch_id");
            builder.Property(notification => notification.Title).HasColumnName("title");
            builder.Property(notification => notification.Text).HasColumnName("text");
            builder.Property(notification => notification.IsBad).HasColumnName("is_bad");
            builder.Property(notification => notification.CreatedAt).HasColumnName("created_at");
            builder.Property(notification => notification.ReadAt).HasColumnName("read_at");
            builder.Property(notification => notification.DeliverAt).HasColumnName("deliver_at");
            builder.Property(notification => notification.DeliveryAttempts).HasColumnName("delivery_attempts");
            builder.Property(notification => notification.DeliveryError).HasColumnName("delivery_error");
        }

        public static object?[] Row(Notification notification) =>
        [
            notification.Id, notification.BatchId, notification.Title, notification.Text, notification.IsBad, notification.CreatedAt,
            notification.CreatedAt, 0,
        ];
    }
}
