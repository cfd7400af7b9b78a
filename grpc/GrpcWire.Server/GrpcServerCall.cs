using GrpcWire.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Server;

/// <summary>What a handler may know of its call, and what it may add to the answer. Valid until the handler ends.</summary>
public sealed class GrpcServerCall
{
    private readonly HttpContext context;
    private GrpcMetadata? requestHeaders;
    private List<GrpcMetadataEntry>? trailers;

    internal GrpcServerCall(HttpContext context, string method, DateTimeOffset? deadline, CancellationToken cancellationToken)
    {
        this.context = context;
        Method = method;
        Deadline = deadline;
        CancellationToken = cancellationToken;
    }

    /// <summary>Gets the method, <c>/service/method</c>.</summary>
    public string Method { get; }

    /// <summary>Gets when the caller gives up, by this machine's clock; null for never.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>Gets the token that is cancelled when the caller goes away or the deadline passes.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Gets the caller's address, or "unknown".</summary>
    public string Peer => context.Connection.RemoteIpAddress is { } ip ? $"{ip}:{context.Connection.RemotePort}" : "unknown";

    /// <summary>Gets the metadata that the caller sent, without what belongs to HTTP and gRPC themselves.</summary>
    public GrpcMetadata RequestHeaders => requestHeaders ??= GrpcRequestHeaders.ToMetadata(context.Request.Headers);

    /// <summary>Gets the services of the request, for handlers that resolve scoped ones.</summary>
    public IServiceProvider Services => context.RequestServices;

    /// <summary>Gets the trailers that the handler added.</summary>
    internal IReadOnlyList<GrpcMetadataEntry> Trailers => trailers ?? (IReadOnlyList<GrpcMetadataEntry>)[];

    /// <summary>Adds metadata that is sent with the status.</summary>
    /// <param name="entry">The entry.</param>
    public void AddTrailer(GrpcMetadataEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        (trailers ??= []).Add(entry);
    }
}
