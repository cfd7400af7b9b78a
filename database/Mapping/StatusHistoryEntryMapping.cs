using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="StatusHistoryEntry"/> to <c>settlement_status_history</c>.</summary>
internal sealed class StatusHistoryEntryMapping : IEntityTypeConfiguration<StatusHistoryEntry>
{
    public void Configure(EntityTypeBuilder<StatusHistoryEntry> builder)
    {
        builder.ToTable("settlement_status_history");
        builder.HasKey(row => row.HistoryId);
    }
}
