using System.Runtime.CompilerServices;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <summary>Goes through the pages of a list.</summary>
    /// <typeparam name="T">An entry.</typeparam>
    /// <param name="limit">Entries at most, 0 for all.</param>
    /// <param name="rpc">Options of each call.</param>
    /// <param name="readPage">
    /// Reads the page of a token, and gives the next one's. It must go through the chain of interceptors again, so that those of pages see these too.
    /// </param>
    /// <returns>The entries.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    private static IAsyncEnumerable<T> EnumeratePages<T>(
        int limit, RpcOptions? rpc, Func<byte[]?, RpcOptions?, Task<(IReadOnlyCollection<T> Entries, byte[]? NextPageToken)>> readPage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit, "Limit");
        return EnumeratePagesAsync(limit == 0 ? int.MaxValue : limit, rpc, readPage);
    }

    private static async IAsyncEnumerable<T> EnumeratePagesAsync<T>(
        int limit,
        RpcOptions? callerRpc,
        Func<byte[]?, RpcOptions?, Task<(IReadOnlyCollection<T> Entries, byte[]? NextPageToken)>> readPage,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var rpc = LinkedRpcOptions.Create(callerRpc, cancellationToken);
        byte[]? nextPageToken = null;
        do
        {
            (var entries, nextPageToken) = await readPage(nextPageToken, rpc.Options).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                yield return entry;
                if (--limit == 0)
                {
                    yield break;
                }
            }
        }
        while (nextPageToken is not null);
    }
}
