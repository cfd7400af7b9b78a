using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="AuditEntry"/> to <c>audit_log</c>.</summary>
internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(row => row.AuditId);
        builder.Property(row => row.Before).HasColumnType("jsonb");
        builder.Property(row => row.After).HasColumnType("jsonb");
    }
}
