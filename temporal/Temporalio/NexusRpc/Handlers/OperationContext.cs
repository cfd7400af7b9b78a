namespace NexusRpc.Handlers;

/// <summary>What a handler knows of the call that it answers.</summary>
/// <param name="Service">Service name.</param>
/// <param name="Operation">Operation name.</param>
/// <param name="CancellationToken">Ends this call; not the cancellation of the operation.</param>
public abstract record OperationContext(string Service, string Operation, CancellationToken CancellationToken)
{
    /// <summary>Gets links for the answer. Handlers add theirs.</summary>
    public IList<NexusLink> OutboundLinks { get; init; } = [];

    /// <summary>Gets or sets why the call's token is cancelled; set just before it is.</summary>
    public string? CancellationReason { get; set; }

    /// <summary>Gets the headers of the call. Keys in any case.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Gets when the caller stops waiting for this call, UTC; null if it did not say.</summary>
    public DateTime? RequestDeadline { get; init; }
}
