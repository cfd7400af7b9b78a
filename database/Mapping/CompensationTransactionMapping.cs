using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="CompensationTransaction"/> to <c>compensation_transactions</c>.</summary>
internal sealed class CompensationTransactionMapping : IEntityTypeConfiguration<CompensationTransaction>
{
    public void Configure(EntityTypeBuilder<CompensationTransaction> builder)
    {
        builder.ToTable("compensation_transactions");
        builder.HasKey(row => row.CompensationId);
        builder.Property(row => row.Evidence).HasColumnType("jsonb");
    }
}
