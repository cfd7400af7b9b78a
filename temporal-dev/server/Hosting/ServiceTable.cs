using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcWire;
using GrpcWire.Server;

namespace Temporalio.DevServer.Hosting;

/// <summary>The handlers of one gRPC service. Whatever a handler throws becomes a status in one place, <see cref="RequestErrors"/>.</summary>
internal sealed class ServiceTable(ServiceDescriptor service, RequestErrors errors)
{
    private readonly HashSet<string> methods = new(StringComparer.Ordinal);

    /// <summary>Gets what is served.</summary>
    public GrpcServiceDefinition Definition { get; } = new(service);

    /// <summary>Gets whether anything of it is.</summary>
    public bool IsServed => methods.Count > 0;

    /// <summary>Whether a method has a handler: what is advertised must be built.</summary>
    public bool Handles(string method) => methods.Contains(method);

    /// <summary>Registers the handler of a unary method.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable Unary<TRequest, TResponse>(string method, GrpcUnaryHandler<TRequest, TResponse> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        Definition.Unary<TRequest, TResponse>(method, async (request, call) =>
        {
            try
            {
                return await handler(request, call);
            }
            catch (Exception e) when (e is not GrpcException && errors.Translate(e, call) is { } refusal)
            {
                throw refusal;
            }
        });
        methods.Add(method);
        return this;
    }

    /// <summary>Registers a unary handler that has nothing to wait for.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable Unary<TRequest, TResponse>(string method, Func<TRequest, TResponse> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> =>
        Unary<TRequest, TResponse>(method, (request, _) => Task.FromResult(handler(request)));

    /// <summary>Registers the handler of a server-streaming method.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable ServerStreaming<TRequest, TResponse>(string method, GrpcServerStreamingHandler<TRequest, TResponse> handler)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        Definition.ServerStreaming(method, handler);
        methods.Add(method);
        return this;
    }
}
