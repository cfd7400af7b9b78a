using System.Buffers;
using Google.Protobuf;

namespace GrpcWire.Server.Internal;

/// <summary>Parses requests of one method and runs its handler, whatever its types.</summary>
internal abstract class GrpcMethodInvoker
{
    /// <summary>Parses a request.</summary>
    /// <param name="request">Its bytes, decompressed; not kept.</param>
    /// <returns>The message.</returns>
    /// <exception cref="InvalidProtocolBufferException">It is not one.</exception>
    public abstract IMessage Parse(in ReadOnlySequence<byte> request);

    /// <summary>Runs the handler.</summary>
    /// <param name="request">What <see cref="Parse"/> made.</param>
    /// <param name="response">Takes the response.</param>
    /// <param name="call">The call.</param>
    /// <returns>Task that ends with the handler.</returns>
    public abstract Task InvokeAsync(IMessage request, GrpcResponse response, GrpcServerCall call);
}
