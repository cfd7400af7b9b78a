using Google.Protobuf;

namespace GrpcWire.Server;

/// <summary>Answers a server-streaming call.</summary>
/// <typeparam name="TRequest">Request type.</typeparam>
/// <typeparam name="TResponse">Response type.</typeparam>
/// <param name="request">The request.</param>
/// <param name="responses">Takes the responses; the call ends when the handler does.</param>
/// <param name="call">Headers, deadline, cancellation.</param>
/// <returns>Task that ends the call. Exceptions count as for <see cref="GrpcUnaryHandler{TRequest, TResponse}"/>.</returns>
public delegate Task GrpcServerStreamingHandler<TRequest, TResponse>(
    TRequest request, GrpcResponseWriter<TResponse> responses, GrpcServerCall call)
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>;
