using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="AttentionCase"/> to <c>cases</c>.</summary>
internal sealed class AttentionCaseMapping : IEntityTypeConfiguration<AttentionCase>
{
    public void Configure(EntityTypeBuilder<AttentionCase> builder)
    {
        builder.ToTable("cases");
        builder.HasKey(row => row.CaseId);
        builder.Property(row => row.Evidence).HasColumnType("jsonb");
    }
}
