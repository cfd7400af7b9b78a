using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="OutboxEvent"/> to <c>outbox_events</c>.</summary>
internal sealed class OutboxEventMapping : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("outbox_events");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Payload).HasColumnType("jsonb");
    }
}
