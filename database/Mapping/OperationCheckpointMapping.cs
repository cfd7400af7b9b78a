using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="OperationCheckpoint"/> to <c>settlement_operation_checkpoints</c>.</summary>
internal sealed class OperationCheckpointMapping : IEntityTypeConfiguration<OperationCheckpoint>
{
    public void Configure(EntityTypeBuilder<OperationCheckpoint> builder)
    {
        builder.ToTable("settlement_operation_checkpoints");
        builder.HasKey(row => new { row.SettlementId, row.Attempt, row.Step });
        builder.Property(row => row.Result).HasColumnType("json");
    }
}
