using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>Base of the raw services: one method per RPC, generated from the protobuf definitions.</summary>
public abstract class RpcService
{
    /// <summary>Gets the full name of the service.</summary>
    internal abstract string FullName { get; }

    /// <summary>Calls an RPC.</summary>
    /// <typeparam name="T">Response type.</typeparam>
    /// <param name="rpc">Name of the RPC.</param>
    /// <param name="req">Request.</param>
    /// <param name="resp">Parser of the response.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    protected abstract Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null)
        where T : IMessage<T>;
}
