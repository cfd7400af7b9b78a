using System.Collections.Concurrent;
using Google.Protobuf;
using GrpcWire;

namespace Temporalio.Client;

/// <summary>The method descriptions of the wire, made once per RPC.</summary>
internal static class RpcMethods
{
    private static readonly ConcurrentDictionary<(string Service, string Rpc), object> Known = new();

    public static GrpcMethod<IMessage, T> Get<T>(string service, string rpc, MessageParser<T> parser)
        where T : IMessage<T> =>
        Known.TryGetValue((service, rpc), out var known) && known is GrpcMethod<IMessage, T> method
            ? method
            : (GrpcMethod<IMessage, T>)Known.GetOrAdd((service, rpc), new GrpcMethod<IMessage, T>(service, rpc, parser));
}
