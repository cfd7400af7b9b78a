using Temporalio.Exceptions;

namespace Settlement.Hosting;

/// <summary>
/// Tells an outage of Temporal, which passes, from everything else. A client that has been connected says so by an <see cref="RpcException"/>; one that
/// connects on first use, and cannot, by an <see cref="InvalidOperationException"/> whose words alone tell it from a mistake of ours.
/// </summary>
public static class TemporalOutage
{
    private const string ConnectFailed = "Connection failed:";

    /// <summary>Whether the same call may succeed later, when Temporal is back.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.ResourceExhausted,
        InvalidOperationException wrong => wrong.Message.StartsWith(ConnectFailed, StringComparison.Ordinal),
        _ => false,
    };
}
