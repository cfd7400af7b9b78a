namespace GrpcWire;

/// <summary>Options of one call. The default value: no metadata, no deadline, the channel's compression.</summary>
public readonly record struct GrpcCallOptions
{
    /// <summary>Gets the metadata to send, or null for none.</summary>
    public GrpcMetadata? Metadata { get; init; }

    /// <summary>Gets how long the call may take, sent as <c>grpc-timeout</c> and enforced here as well; null for no limit. Must be positive.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the token that ends the call: the stream is reset and <see cref="OperationCanceledException"/> thrown.</summary>
    public CancellationToken CancellationToken { get; init; }
}
