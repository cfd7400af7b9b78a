using System.Buffers;
using Google.Protobuf;

namespace GrpcWire.Server.Internal;

/// <summary>Invoker of a server-streaming method.</summary>
/// <typeparam name="TRequest">Request type.</typeparam>
/// <typeparam name="TResponse">Response type.</typeparam>
internal sealed class GrpcServerStreamingInvoker<TRequest, TResponse>(
    MessageParser<TRequest> parser, GrpcServerStreamingHandler<TRequest, TResponse> handler) : GrpcMethodInvoker
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>
{
    public override IMessage Parse(in ReadOnlySequence<byte> request) => parser.ParseFrom(request);

    public override Task InvokeAsync(IMessage request, GrpcResponse response, GrpcServerCall call) =>
        handler((TRequest)request, new GrpcResponseWriter<TResponse>(response, call.CancellationToken), call);
}
