namespace Temporalio.Client;

/// <summary>A standalone activity whose result is known, to act on.</summary>
/// <typeparam name="TResult">Its result.</typeparam>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Activity id.</param>
/// <param name="RunId">Run id, or null for the latest.</param>
public record ActivityHandle<TResult>(ITemporalClient Client, string Id, string? RunId = null)
    : ActivityHandle(Client, Id, RunId)
{
    /// <summary>Waits for the result.</summary>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public new Task<TResult> GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<TResult>(rpcOptions);
}
