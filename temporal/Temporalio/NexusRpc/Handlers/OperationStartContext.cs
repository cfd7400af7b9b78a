namespace NexusRpc.Handlers;

/// <summary>What a handler knows of the start of an operation.</summary>
/// <param name="Service">Service name.</param>
/// <param name="Operation">Operation name.</param>
/// <param name="CancellationToken">Ends this call; not the cancellation of the operation.</param>
/// <param name="RequestId">The same for every try of one start.</param>
#pragma warning disable CA1068 // The order of the official package.
public record OperationStartContext(string Service, string Operation, CancellationToken CancellationToken, string RequestId)
#pragma warning restore CA1068
    : OperationContext(Service, Operation, CancellationToken)
{
    /// <summary>Gets where the result of an asynchronous operation is delivered to, null if nowhere.</summary>
#pragma warning disable CA1056 // A string in the official package too.
    public string? CallbackUrl { get; init; }
#pragma warning restore CA1056

    /// <summary>Gets headers for the callback. Keys in any case.</summary>
    public IReadOnlyDictionary<string, string>? CallbackHeaders { get; init; }

    /// <summary>Gets links to the caller.</summary>
    public IReadOnlyCollection<NexusLink> InboundLinks { get; init; } = [];
}
