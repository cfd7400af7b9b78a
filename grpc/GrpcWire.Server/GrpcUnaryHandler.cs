using Google.Protobuf;

namespace GrpcWire.Server;

/// <summary>Answers a unary call.</summary>
/// <typeparam name="TRequest">Request type.</typeparam>
/// <typeparam name="TResponse">Response type.</typeparam>
/// <param name="request">The request.</param>
/// <param name="call">Headers, deadline, cancellation.</param>
/// <returns>The response. Throw <see cref="GrpcException"/> to end with a status; any other exception ends with UNKNOWN and is logged, not told.</returns>
public delegate Task<TResponse> GrpcUnaryHandler<TRequest, TResponse>(TRequest request, GrpcServerCall call)
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>;
