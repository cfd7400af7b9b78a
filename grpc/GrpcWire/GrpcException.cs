namespace GrpcWire;

/// <summary>A call ended with a status other than <see cref="GrpcStatusCode.Ok"/>; on the server, throw it to end a call so.</summary>
public class GrpcException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="GrpcException"/> class.</summary>
    /// <param name="status">Status code, not <see cref="GrpcStatusCode.Ok"/>.</param>
    /// <param name="message">Message for the peer; plain text, percent-encoded on the wire.</param>
    /// <param name="details">A serialized <c>google.rpc.Status</c>, or null.</param>
    /// <param name="innerException">Local cause, never sent to the peer.</param>
    public GrpcException(GrpcStatusCode status, string message, byte[]? details = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        Details = details;
    }

    /// <summary>Gets the status code.</summary>
    public GrpcStatusCode Status { get; }

    /// <summary>Gets the serialized <c>google.rpc.Status</c> of <c>grpc-status-details-bin</c>, or null if none came.</summary>
    public byte[]? Details { get; }

    /// <summary>Gets a value indicating whether the transport failed (connection, stream reset, malformed frame), so that no status came from the service itself.</summary>
    public bool IsTransportFailure { get; init; }

    /// <summary>Gets what came with the end of the call: response headers for a trailers-only answer, else trailers. Empty on transport failures.</summary>
    public GrpcMetadata Trailers { get; init; } = GrpcMetadata.Empty;
}
