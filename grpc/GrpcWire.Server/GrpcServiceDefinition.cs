using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcWire.Server.Internal;

namespace GrpcWire.Server;

/// <summary>
/// A service to serve: its protobuf descriptor and a handler for each method that is built. The rest answers UNIMPLEMENTED.
/// Complete it before it is mapped.
/// </summary>
public sealed class GrpcServiceDefinition
{
    private readonly ServiceDescriptor descriptor;
    private readonly Dictionary<string, GrpcMethodInvoker> methods = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="GrpcServiceDefinition"/> class.</summary>
    /// <param name="descriptor">The service's descriptor.</param>
    public GrpcServiceDefinition(ServiceDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        this.descriptor = descriptor;
    }

    /// <summary>Gets the full name of the service.</summary>
    public string FullName => descriptor.FullName;

    /// <summary>Gets the handlers by method name.</summary>
    internal IReadOnlyDictionary<string, GrpcMethodInvoker> Methods => methods;

    /// <summary>Adds the handler of a unary method.</summary>
    /// <typeparam name="TRequest">Request type of the descriptor.</typeparam>
    /// <typeparam name="TResponse">Response type of the descriptor.</typeparam>
    /// <param name="method">Name of the method.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>This definition.</returns>
    /// <exception cref="ArgumentException">The service has no such unary method of these types, or it has its handler already.</exception>
    public GrpcServiceDefinition Unary<TRequest, TResponse>(string method, GrpcUnaryHandler<TRequest, TResponse> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        var parser = Check<TRequest, TResponse>(method, serverStreaming: false);
        return Add(method, new GrpcUnaryInvoker<TRequest, TResponse>(parser, handler));
    }

    /// <summary>Adds the handler of a server-streaming method.</summary>
    /// <typeparam name="TRequest">Request type of the descriptor.</typeparam>
    /// <typeparam name="TResponse">Response type of the descriptor.</typeparam>
    /// <param name="method">Name of the method.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>This definition.</returns>
    /// <exception cref="ArgumentException">The service has no such method of these types, or it has its handler already.</exception>
    public GrpcServiceDefinition ServerStreaming<TRequest, TResponse>(string method, GrpcServerStreamingHandler<TRequest, TResponse> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        var parser = Check<TRequest, TResponse>(method, serverStreaming: true);
        return Add(method, new GrpcServerStreamingInvoker<TRequest, TResponse>(parser, handler));
    }

    private MessageParser<TRequest> Check<TRequest, TResponse>(string method, bool serverStreaming)
        where TRequest : IMessage<TRequest>
    {
        var found = descriptor.FindMethodByName(method) ?? throw new ArgumentException($"{FullName} has no method {method}", nameof(method));
        if (found.InputType.ClrType != typeof(TRequest) || found.OutputType.ClrType != typeof(TResponse))
            throw new ArgumentException($"{found.FullName} takes {found.InputType.ClrType} and answers {found.OutputType.ClrType}", nameof(method));
        if (found.IsClientStreaming || found.IsServerStreaming != serverStreaming)
            throw new ArgumentException($"{found.FullName} streams otherwise than its handler", nameof(method));
        return (MessageParser<TRequest>)found.InputType.Parser;
    }

    private GrpcServiceDefinition Add(string method, GrpcMethodInvoker invoker)
    {
        if (!methods.TryAdd(method, invoker)) throw new ArgumentException($"{FullName}/{method} has a handler already", nameof(method));
        return this;
    }
}
