namespace NexusRpc;

/// <summary>What can be asked about an operation.</summary>
/// <param name="Token">Token of the operation.</param>
/// <param name="State">Its state.</param>
public record OperationInfo(string Token, OperationState State);
