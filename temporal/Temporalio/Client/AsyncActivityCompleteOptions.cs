namespace Temporalio.Client;

/// <summary>Options of <see cref="AsyncActivityHandle.CompleteAsync"/>.</summary>
public class AsyncActivityCompleteOptions : ICloneable
{
    /// <summary>Options of the call itself.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>Makes a copy, call options included.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (AsyncActivityCompleteOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
