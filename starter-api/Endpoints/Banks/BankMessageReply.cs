namespace Settlement.StarterApi.Endpoints.Banks;

/// <summary>Answer to a bank's message: it is stored, and need not be sent again.</summary>
public sealed record BankMessageReply
{
    public required string MessageId { get; init; }

    /// <summary>
    /// <c>delivered</c>: handed to the settlement. <c>duplicate</c>: known already. <c>stored</c>: kept; no open settlement takes it now.
    /// </summary>
    public required string Disposition { get; init; }
}
