using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="SettlementTransaction"/> to <c>settlement_transactions</c>.</summary>
internal sealed class SettlementTransactionMapping : IEntityTypeConfiguration<SettlementTransaction>
{
    public void Configure(EntityTypeBuilder<SettlementTransaction> builder)
    {
        builder.ToTable("settlement_transactions");
        builder.HasKey(row => row.SettlementId);
        builder.Property(row => row.Quantity).HasColumnType("numeric(28,8)");
        builder.Property(row => row.Price).HasColumnType("numeric(28,8)");
        builder.Property(row => row.WorkflowInput).HasColumnType("jsonb");
    }
}
