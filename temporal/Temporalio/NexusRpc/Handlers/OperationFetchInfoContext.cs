namespace NexusRpc.Handlers;

/// <summary>What a handler knows of a question about an operation's state.</summary>
/// <param name="Service">Service name.</param>
/// <param name="Operation">Operation name.</param>
/// <param name="CancellationToken">Ends this call; not the cancellation of the operation.</param>
/// <param name="OperationToken">Token that the start answered.</param>
#pragma warning disable CA1068 // The order of the official package.
public record OperationFetchInfoContext(string Service, string Operation, CancellationToken CancellationToken, string OperationToken)
#pragma warning restore CA1068
    : OperationContext(Service, Operation, CancellationToken);
