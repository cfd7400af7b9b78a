using System.Buffers;
using Google.Protobuf;

namespace GrpcWire.Server.Internal;

/// <summary>Invoker of a unary method.</summary>
/// <typeparam name="TRequest">Request type.</typeparam>
/// <typeparam name="TResponse">Response type.</typeparam>
internal sealed class GrpcUnaryInvoker<TRequest, TResponse>(MessageParser<TRequest> parser, GrpcUnaryHandler<TRequest, TResponse> handler) : GrpcMethodInvoker
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>
{
    public override IMessage Parse(in ReadOnlySequence<byte> request) => parser.ParseFrom(request);

    public override async Task InvokeAsync(IMessage request, GrpcResponse response, GrpcServerCall call)
    {
        var message = await handler((TRequest)request, call)
            ?? throw new InvalidOperationException($"The handler of {call.Method} answered null");
        response.Write(message);
    }
}
