using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database.Api;

/// <summary>Maps <see cref="RefreshTokenRow"/> to <c>api_refresh_tokens</c>.</summary>
internal sealed class RefreshTokenMapping : IEntityTypeConfiguration<RefreshTokenRow>
{
    public void Configure(EntityTypeBuilder<RefreshTokenRow> builder)
    {
        builder.ToTable("api_refresh_tokens");
        builder.HasKey(row => row.TokenHash);
    }
}
