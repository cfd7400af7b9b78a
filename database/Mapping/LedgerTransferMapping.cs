using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="LedgerTransfer"/> to <c>ledger_transfers</c>.</summary>
internal sealed class LedgerTransferMapping : IEntityTypeConfiguration<LedgerTransfer>
{
    public void Configure(EntityTypeBuilder<LedgerTransfer> builder)
    {
        builder.ToTable("ledger_transfers");
        builder.HasKey(row => row.TransferId);
    }
}
