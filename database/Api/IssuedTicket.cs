namespace Settlement.Database.Api;

/// <summary>A ticket as its approver gets it, once; the database keeps only its hash.</summary>
/// <param name="Ticket">The secret text, to be given to whoever sends the update.</param>
/// <param name="ExpiresAt">Unusable from this instant on.</param>
public sealed record IssuedTicket(string Ticket, DateTimeOffset ExpiresAt);
