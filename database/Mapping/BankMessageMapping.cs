using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="BankMessage"/> to <c>bank_messages</c>.</summary>
internal sealed class BankMessageMapping : IEntityTypeConfiguration<BankMessage>
{
    public void Configure(EntityTypeBuilder<BankMessage> builder)
    {
        builder.ToTable("bank_messages");
        builder.HasKey(row => new { row.BankId, row.MessageId, row.Uetr });
        builder.Property(row => row.Payload).HasColumnType("jsonb");
    }
}
