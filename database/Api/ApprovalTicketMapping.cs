using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Settlement.Database.Api;

/// <summary>Maps <see cref="ApprovalTicketRow"/> to <c>approval_tickets</c>.</summary>
internal sealed class ApprovalTicketMapping : IEntityTypeConfiguration<ApprovalTicketRow>
{
    public void Configure(EntityTypeBuilder<ApprovalTicketRow> builder)
    {
        builder.ToTable("approval_tickets");
        builder.HasKey(row => row.TicketHash);
    }
}
