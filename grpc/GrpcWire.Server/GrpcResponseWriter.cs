using Google.Protobuf;
using GrpcWire.Server.Internal;

namespace GrpcWire.Server;

/// <summary>Where a server-streaming handler puts its responses. One write at a time.</summary>
/// <typeparam name="TResponse">Response type.</typeparam>
public sealed class GrpcResponseWriter<TResponse>
    where TResponse : IMessage<TResponse>
{
    private readonly GrpcResponse response;
    private readonly CancellationToken cancellationToken;

    internal GrpcResponseWriter(GrpcResponse response, CancellationToken cancellationToken)
    {
        this.response = response;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Sends a response now; waits while the peer is slow to read.</summary>
    /// <param name="message">The response.</param>
    /// <returns>Task that ends when it is handed to the connection.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled or its deadline passed.</exception>
    public async Task WriteAsync(TResponse message)
    {
        cancellationToken.ThrowIfCancellationRequested();
        response.Write(message);
        await response.FlushAsync(cancellationToken);
    }
}
