namespace Settlement.Database.Api;

/// <summary>A use of a ticket, as an update brought it. None of its fields is trusted but <see cref="Starter"/>, which comes from the settlement's row.</summary>
/// <param name="Ticket">The secret text.</param>
/// <param name="SettlementId">The settlement that the update was sent to.</param>
/// <param name="Action">The update: one of <see cref="TicketAction"/>.</param>
/// <param name="Outcome">The outcome asked for by a resolution, else null.</param>
/// <param name="Operator">Who says to be sending the update.</param>
/// <param name="Starter">Who started the settlement.</param>
/// <param name="RequestId">Id of the update; the same id may redeem the same ticket again and gets the same answer.</param>
public sealed record TicketClaim(string Ticket, Guid SettlementId, string Action, string? Outcome, string Operator, string Starter, string RequestId)
{
    /// <summary>The case that is to be closed by it, else null.</summary>
    public Guid? CaseId { get; init; }
}
