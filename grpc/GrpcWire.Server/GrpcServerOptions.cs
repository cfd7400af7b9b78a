namespace GrpcWire.Server;

/// <summary>Limits of a served gRPC service.</summary>
public sealed class GrpcServerOptions
{
    /// <summary>Gets the largest request accepted, in bytes, before and after decompression.</summary>
    public int MaxReceiveBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets a value indicating whether responses are gzipped for callers that accept it.</summary>
    public bool CompressResponses { get; init; }

    /// <summary>Gets the smallest response, in bytes, that is worth compressing.</summary>
    public int CompressionThresholdBytes { get; init; } = 1024;

    /// <summary>Gets how long a request's bytes may take to arrive; a peer that dribbles them holds a stream no longer.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
