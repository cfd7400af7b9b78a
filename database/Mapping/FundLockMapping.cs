using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="FundLock"/> to <c>fund_locks</c>.</summary>
internal sealed class FundLockMapping : IEntityTypeConfiguration<FundLock>
{
    public void Configure(EntityTypeBuilder<FundLock> builder)
    {
        builder.ToTable("fund_locks");
        builder.HasKey(row => row.LockId);
    }
}
