using Google.Protobuf;

namespace GrpcWire;

/// <summary>A unary or server-streaming method: where it is, and how to read its answers.</summary>
/// <typeparam name="TRequest">Protobuf request type.</typeparam>
/// <typeparam name="TResponse">Protobuf response type.</typeparam>
public sealed class GrpcMethod<TRequest, TResponse>
    where TRequest : IMessage
    where TResponse : IMessage<TResponse>
{
    /// <summary>Initializes a new instance of the <see cref="GrpcMethod{TRequest, TResponse}"/> class.</summary>
    /// <param name="serviceName">Full name of the service, e.g. <c>grpc.health.v1.Health</c>.</param>
    /// <param name="name">Name of the method, e.g. <c>Check</c>.</param>
    /// <param name="responseParser">Parser of the response type.</param>
    public GrpcMethod(string serviceName, string name, MessageParser<TResponse> responseParser)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceName);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ServiceName = serviceName;
        Name = name;
        ResponseParser = responseParser;
        Path = $"/{serviceName}/{name}";
    }

    /// <summary>Gets the full name of the service.</summary>
    public string ServiceName { get; }

    /// <summary>Gets the name of the method.</summary>
    public string Name { get; }

    /// <summary>Gets the HTTP path, <c>/service/method</c>.</summary>
    public string Path { get; }

    /// <summary>Gets the parser of responses.</summary>
    public MessageParser<TResponse> ResponseParser { get; }
}
