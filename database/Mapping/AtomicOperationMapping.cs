using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="AtomicOperation"/> to <c>settlement_atomic_operations</c>.</summary>
internal sealed class AtomicOperationMapping : IEntityTypeConfiguration<AtomicOperation>
{
    public void Configure(EntityTypeBuilder<AtomicOperation> builder)
    {
        builder.ToTable("settlement_atomic_operations");
        builder.HasKey(row => new { row.SettlementId, row.Attempt });
    }
}
