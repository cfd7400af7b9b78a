namespace Temporalio.Client;

/// <summary>Options of <see cref="AsyncActivityHandle.FailAsync"/>.</summary>
public class AsyncActivityFailOptions : ICloneable
{
    /// <summary>Values that the next attempt can read.</summary>
    public IReadOnlyCollection<object?>? LastHeartbeatDetails { get; set; }

    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (AsyncActivityFailOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
