using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database;

/// <summary>Maps <see cref="BankInstruction"/> to <c>bank_instructions</c>.</summary>
internal sealed class BankInstructionMapping : IEntityTypeConfiguration<BankInstruction>
{
    public void Configure(EntityTypeBuilder<BankInstruction> builder)
    {
        builder.ToTable("bank_instructions");
        builder.HasKey(row => row.InstructionId);
    }
}
