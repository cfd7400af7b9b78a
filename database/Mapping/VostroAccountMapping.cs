using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="VostroAccount"/> to <c>vostro_accounts</c>.</summary>
internal sealed class VostroAccountMapping : IEntityTypeConfiguration<VostroAccount>
{
    public void Configure(EntityTypeBuilder<VostroAccount> builder)
    {
        builder.ToTable("vostro_accounts");
        builder.HasKey(row => row.AccountId);
    }
}
