using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database.Api;

/// <summary>Maps <see cref="IdempotencyKeyRow"/> to <c>api_idempotency_keys</c>.</summary>
internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKeyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyKeyRow> builder)
    {
        builder.ToTable("api_idempotency_keys");
        builder.HasKey(row => new { row.EntityId, row.IdempotencyKey });
        builder.Property(row => row.Response).HasColumnType("json");
    }
}
