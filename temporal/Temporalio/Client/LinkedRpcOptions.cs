namespace Temporalio.Client;

/// <summary>Call options that end with the caller's token as well as with that of an enumeration.</summary>
internal sealed class LinkedRpcOptions : IDisposable
{
    private readonly CancellationTokenSource? source;

    private LinkedRpcOptions(RpcOptions options, CancellationTokenSource? source)
    {
        Options = options;
        this.source = source;
    }

    public RpcOptions Options { get; }

    public static LinkedRpcOptions Create(RpcOptions? options, CancellationToken cancellationToken)
    {
        var withRetry = TemporalClient.DefaultRetryOptions(options);
        if (!cancellationToken.CanBeCanceled)
        {
            return new(withRetry, null);
        }
        var linked = (RpcOptions)withRetry.Clone();
        if (withRetry.CancellationToken is not { CanBeCanceled: true } own)
        {
            linked.CancellationToken = cancellationToken;
            return new(linked, null);
        }
        var source = CancellationTokenSource.CreateLinkedTokenSource(own, cancellationToken);
        linked.CancellationToken = source.Token;
        return new(linked, source);
    }

    public void Dispose() => source?.Dispose();
}
