namespace Temporalio.Client;

/// <summary>Options of <see cref="AsyncActivityHandle.HeartbeatAsync"/>.</summary>
public class AsyncActivityHeartbeatOptions : ICloneable
{
    /// <summary>Values that the next attempt can read.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (AsyncActivityHeartbeatOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
