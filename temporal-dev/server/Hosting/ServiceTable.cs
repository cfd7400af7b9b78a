using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Temporalio.DevServer.Hosting;

/// <summary>The handlers of one gRPC service. Whatever a handler throws becomes a status in one place, <see cref="RequestErrors"/>.</summary>
internal sealed class ServiceTable(ServiceDescriptor service, RequestErrors errors)
{
    private readonly HashSet<string> methods = new(StringComparer.Ordinal);
    private readonly ServerServiceDefinition.Builder definition = ServerServiceDefinition.CreateBuilder();

    /// <summary>Gets whether anything of it is served.</summary>
    public bool IsServed => methods.Count > 0;

    /// <summary>What is served.</summary>
    public ServerServiceDefinition Build() => definition.Build();

    /// <summary>Whether a method has a handler: what is advertised must be built.</summary>
    public bool Handles(string method) => methods.Contains(method);

    /// <summary>Registers the handler of a unary method.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable Unary<TRequest, TResponse>(string method, Func<TRequest, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        definition.AddMethod(Define<TRequest, TResponse>(method, MethodType.Unary), async (request, call) =>
        {
            try
            {
                return await handler(request, call);
            }
            catch (Exception e) when (e is not RpcException)
            {
                throw errors.Translate(e, call);
            }
        });
        return this;
    }

    /// <summary>Registers a unary handler that has nothing to wait for.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable Unary<TRequest, TResponse>(string method, Func<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Unary<TRequest, TResponse>(method, (request, _) => Task.FromResult(handler(request)));

    /// <summary>Registers the handler of a server-streaming method.</summary>
    /// <exception cref="ArgumentException">There is no such method, or it has its handler already.</exception>
    public ServiceTable ServerStreaming<TRequest, TResponse>(string method, Func<TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        definition.AddMethod(Define<TRequest, TResponse>(method, MethodType.ServerStreaming), async (request, responses, call) =>
        {
            try
            {
                await handler(request, responses, call);
            }
            catch (Exception e) when (e is not RpcException)
            {
                throw errors.Translate(e, call);
            }
        });
        return this;
    }

    private Method<TRequest, TResponse> Define<TRequest, TResponse>(string method, MethodType type)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var found = service.FindMethodByName(method) ?? throw new ArgumentException($"{service.FullName} has no method {method}", nameof(method));
        if (found.InputType.ClrType != typeof(TRequest) || found.OutputType.ClrType != typeof(TResponse))
            throw new ArgumentException($"{found.FullName} takes {found.InputType.ClrType} and answers {found.OutputType.ClrType}", nameof(method));
        if (found.IsClientStreaming || found.IsServerStreaming != (type == MethodType.ServerStreaming))
            throw new ArgumentException($"{found.FullName} streams otherwise than its handler", nameof(method));
        if (!methods.Add(method))
            throw new ArgumentException($"{found.FullName} has a handler already", nameof(method));
        return new Method<TRequest, TResponse>(type, service.FullName, method, Of<TRequest>(), Of<TResponse>());
    }

    /// <summary>Messages straight from and into the connection's buffers.</summary>
    private static Marshaller<T> Of<T>()
        where T : class, IMessage<T>, new()
    {
        return new Marshaller<T>(Write, Read);

        static void Write(T message, SerializationContext context)
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        }

        static T Read(DeserializationContext context)
        {
            try
            {
                var message = new T();
                message.MergeFrom(context.PayloadAsReadOnlySequence());
                return message;
            }
            catch (InvalidProtocolBufferException e)
            {
                throw new RpcException(new Status(StatusCode.Internal, "grpc: malformed message: not the expected protobuf message", e));
            }
        }
    }
}
