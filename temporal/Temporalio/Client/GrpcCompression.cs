namespace Temporalio.Client;

/// <summary>Compression of calls on the wire.</summary>
public abstract record GrpcCompression
{
    /// <summary>Initializes a new instance of the <see cref="GrpcCompression"/> class.</summary>
    private protected GrpcCompression()
    {
    }

    /// <summary>Requests are gzipped where that is worth it; gzipped responses are accepted.</summary>
    public sealed record Gzip() : GrpcCompression;

    /// <summary>Nothing is compressed.</summary>
    public sealed record None() : GrpcCompression;
}
