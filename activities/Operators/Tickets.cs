using Settlement.Database.Api;
using Settlement.Domain;

namespace Settlement.Activities.Operators;

/// <summary>Refusals of tickets, in words.</summary>
internal static class Tickets
{
    /// <summary>Which failure a refusal is.</summary>
    public static SettlementFailure KindOf(string? refusal) =>
        refusal is TicketRefusal.OwnSettlement or TicketRefusal.SamePerson ? SettlementFailure.FourEyesViolated : SettlementFailure.TicketInvalid;

    /// <summary>What operators read.</summary>
    public static string Explain(string? refusal) => refusal switch
    {
        TicketRefusal.Expired => "the ticket has expired",
        TicketRefusal.Used => "the ticket has been used",
        TicketRefusal.OtherSettlement => "the ticket is for another settlement",
        TicketRefusal.OtherAction => "the ticket is for another action",
        TicketRefusal.OtherOutcome => "the ticket is for another outcome",
        TicketRefusal.OtherCase => "the ticket is for another case",
        TicketRefusal.OwnSettlement => "nobody approves a settlement that he started",
        TicketRefusal.SamePerson => "a second person must agree",
        _ => "the ticket is not known",
    };
}
