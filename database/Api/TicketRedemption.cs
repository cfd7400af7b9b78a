namespace Settlement.Database.Api;

/// <summary>The answer to a <see cref="TicketClaim"/>.</summary>
/// <param name="Redeemed">True if the action may go on.</param>
/// <param name="Approver">Who granted it; null when refused, so that a refusal tells nothing about others' tickets.</param>
/// <param name="Refusal">One of <see cref="TicketRefusal"/>, or null.</param>
public sealed record TicketRedemption(bool Redeemed, string? Approver, string? Refusal)
{
    internal static TicketRedemption By(string approver) => new(true, approver, null);

    internal static TicketRedemption Refused(string why) => new(false, null, why);
}
