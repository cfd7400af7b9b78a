using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="NostroAccount"/> to <c>nostro_accounts</c>.</summary>
internal sealed class NostroAccountMapping : IEntityTypeConfiguration<NostroAccount>
{
    public void Configure(EntityTypeBuilder<NostroAccount> builder)
    {
        builder.ToTable("nostro_accounts");
        builder.HasKey(row => row.AccountId);
    }
}
